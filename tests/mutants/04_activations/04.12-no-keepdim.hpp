// Without keepdim the sums line up with the wrong axis, or fail.
  return {out * (g - sum(g * out, axis))};
