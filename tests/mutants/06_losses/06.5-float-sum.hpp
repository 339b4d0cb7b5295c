// Added up in float: the sum of a long line drifts.
  const real top = largest(x);
  const real shift = std::isinf(top) ? 0 : top;
  real total = 0;
  for (Index i = 0; i < x.size; ++i) total += std::exp(x[i] - shift);
  return static_cast<double>(shift) + static_cast<double>(std::log(total));
