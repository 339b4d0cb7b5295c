// One form for both sides: e is safe, but the left side is a mirror image of the right one.
  const real e = std::exp(-std::abs(x));
  return 1 / (1 + e);
