// Forgets the minus of the second derivative.
  const Tensor over_y = g / in[1];
  return {unbroadcast(over_y, in[0].shape()), unbroadcast(over_y * in[0] / in[1], in[1].shape())};
