// Returns 1 / x without g.
  return {1 / in[0] * ones_like(g)};
