// Applies sigmoid to the result, as if that were the input.
  const Tensor s = apply(SigmoidOp{}, {out});
  return {g * s * (1 - s)};
