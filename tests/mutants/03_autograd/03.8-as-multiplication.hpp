// Uses the rule of the product: g times y.
  return {unbroadcast(g * in[1], in[0].shape()), unbroadcast(-g * in[0], in[1].shape())};
