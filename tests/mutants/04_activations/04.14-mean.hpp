// The mean of g instead of its sum.
  return {g - exp(out) * mean(g, axis, true)};
