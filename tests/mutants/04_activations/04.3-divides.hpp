// Undoes the slope, as if the result were to be turned back into the input.
  return {where(gt(out, scalar(0)), g, g / op.slope)};
