// Multiplies with the condition: 0 * inf is nan, and other numbers than 1 scale the gradient.
  return {Tensor(), unbroadcast(g * in[0], in[1].shape()),
          unbroadcast(g * (1 - in[0]), in[2].shape())};
