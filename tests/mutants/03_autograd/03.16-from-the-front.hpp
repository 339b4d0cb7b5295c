// Puts g at the start of the axis, and forgets where the slice began.
  const Slice front(op.axis, 0, op.stop - op.start, op.step);
  return {apply(SliceScatter(in[0].shape(), front), {g})};
