// The other form in books: inf / inf is NaN from x = 89 on.
  return std::exp(x) / (1 + std::exp(x));
