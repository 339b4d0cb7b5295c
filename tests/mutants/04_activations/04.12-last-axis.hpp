// Always the last axis.
  return {out * (g - sum(g * out, axis * 0 - 1, true))};
