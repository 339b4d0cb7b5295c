// The formula as it stands: exp(1000) is inf.
  double total = 0;
  for (Index i = 0; i < x.size; ++i) total += static_cast<double>(std::exp(x[i]));
  return std::log(total);
