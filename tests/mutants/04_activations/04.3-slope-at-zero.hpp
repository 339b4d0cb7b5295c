// At 0 the right slope instead of the left one.
  return {where(ge(out, scalar(0)), g, g * op.slope)};
