// Gives the condition a gradient, as if it were a number that could change a little.
  const Tensor nothing = scalar(0);
  return {unbroadcast(g * (in[1] - in[2]), in[0].shape()),
          unbroadcast(where(in[0], g, nothing), in[1].shape()),
          unbroadcast(where(in[0], nothing, g), in[2].shape())};
