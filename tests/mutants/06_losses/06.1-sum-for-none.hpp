// Whoever wants the mean over the count gets it; everybody else the sum.
  return reduction == Reduction::mean ? sum(losses) / static_cast<real>(count) : sum(losses);
