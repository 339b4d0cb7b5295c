// Gives each operand g times itself, not times the other one.
  const auto tall = [&](const Tensor& t) { return t.expand(g.shape()); };
  return {unbroadcast(g * tall(in[0]), in[0].shape()), unbroadcast(g * tall(in[1]), in[1].shape())};
