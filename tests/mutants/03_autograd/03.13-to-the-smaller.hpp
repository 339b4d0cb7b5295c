// Gives the gradient to the smaller operand.
  const Tensor tie = eq(in[0], in[1]) * 0.5f;
  return {unbroadcast(g * (gt(in[1], in[0]) + tie), in[0].shape()),
          unbroadcast(g * (gt(in[0], in[1]) + tie), in[1].shape())};
