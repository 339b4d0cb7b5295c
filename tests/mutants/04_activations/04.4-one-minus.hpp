// Mirrors the right side by 1 - y, which cancels: far to the left it is 0.
  const real y = 1 / (1 + std::exp(-std::abs(x)));
  return x >= 0 ? y : 1 - y;
