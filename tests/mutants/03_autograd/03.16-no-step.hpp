// Puts g down without gaps, and forgets the step.
  const Slice dense(op.axis, op.start, op.start + g.shape()[op.axis], 1);
  return {apply(SliceScatter(in[0].shape(), dense), {g})};
