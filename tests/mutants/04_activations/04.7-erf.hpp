// 1 + erf cancels: 0 for x below -6.
  return (1 + std::erf(x * (std::numbers::sqrt2_v<real> / 2))) / 2;
