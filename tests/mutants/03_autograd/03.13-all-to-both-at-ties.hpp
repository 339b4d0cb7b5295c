// Gives all of g to both operands where they are equal.
  return {unbroadcast(g * ge(in[0], in[1]), in[0].shape()),
          unbroadcast(g * ge(in[1], in[0]), in[1].shape())};
