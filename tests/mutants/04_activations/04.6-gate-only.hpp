// Treats the gate as a constant: one half of the product rule.
  return {g * sigmoid(in[0])};
