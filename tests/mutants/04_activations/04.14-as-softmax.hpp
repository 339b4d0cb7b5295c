// The rule of softmax.
  return {exp(out) * (g - sum(g * exp(out), axis, true))};
