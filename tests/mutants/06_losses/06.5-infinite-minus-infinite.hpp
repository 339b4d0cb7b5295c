// The maximum taken away even where it is infinite.
  const real top = largest(x);
  double total = 0;
  for (Index i = 0; i < x.size; ++i) total += static_cast<double>(std::exp(x[i] - top));
  return static_cast<double>(top) + std::log(total);
