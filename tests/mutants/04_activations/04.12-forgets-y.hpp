// The mean is not weighted with the probabilities.
  return {out * (g - sum(g, axis, true))};
