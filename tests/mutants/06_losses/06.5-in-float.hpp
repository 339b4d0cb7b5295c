// The result rounded to float before a score is taken from it: losses near 10000 lose their digits.
  const real top = largest(x);
  const real shift = std::isinf(top) ? 0 : top;
  double total = 0;
  for (Index i = 0; i < x.size; ++i) total += static_cast<double>(std::exp(x[i] - shift));
  return static_cast<double>(shift + static_cast<real>(std::log(total)));
