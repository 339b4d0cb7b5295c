// The formula as it stands in books: exp overflows, and far to the left the answer is 0.
  return 1 / (1 + std::exp(-x));
