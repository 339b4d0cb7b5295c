// The first number taken away in place of the largest.
  const real shift = x.size == 0 || std::isinf(x[0]) ? 0 : x[0];
  double total = 0;
  for (Index i = 0; i < x.size; ++i) total += static_cast<double>(std::exp(x[i] - shift));
  return static_cast<double>(shift) + std::log(total);
