// Returns the derivative without g.
  return {out * ones_like(g)};
