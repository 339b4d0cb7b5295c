// the variance is taken for a constant: only the mean of g goes
  return scale * (g - mean(g, -1, true));
