// Gives all of g to the first operand where they are equal.
  return {unbroadcast(g * ge(in[0], in[1]), in[0].shape()),
          unbroadcast(g * gt(in[1], in[0]), in[1].shape())};
