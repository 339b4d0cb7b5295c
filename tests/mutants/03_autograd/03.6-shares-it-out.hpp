// Gives each operand a half, as if g were to be divided between them.
  const Tensor half = g * real(0.5);
  return {unbroadcast(half, in[0].shape()), unbroadcast(half, in[1].shape())};
