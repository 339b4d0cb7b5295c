// The other half of the product rule.
  const Tensor s = sigmoid(in[0]);
  return {g * in[0] * s * (1 - s)};
