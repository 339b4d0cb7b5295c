// The chance to be above x.
  return std::erfc(x * (std::numbers::sqrt2_v<real> / 2)) / 2;
