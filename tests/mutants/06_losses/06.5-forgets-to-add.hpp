// The maximum taken away and never put back.
  const real top = largest(x);
  const real shift = std::isinf(top) ? 0 : top;
  double total = 0;
  for (Index i = 0; i < x.size; ++i) total += static_cast<double>(std::exp(x[i] - shift));
  return std::log(total);
