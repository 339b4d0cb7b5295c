// Gives the gradient to what was not chosen.
  const Tensor nothing = scalar(0);
  return {Tensor(), unbroadcast(where(in[0], nothing, g), in[1].shape()),
          unbroadcast(where(in[0], g, nothing), in[2].shape())};
