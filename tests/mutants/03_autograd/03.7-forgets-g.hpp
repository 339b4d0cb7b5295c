// Gives the other operand alone: the chain rule is missing.
  const Tensor one = ones_like(g);
  return {unbroadcast(one * in[1], in[0].shape()), unbroadcast(one * in[0], in[1].shape())};
