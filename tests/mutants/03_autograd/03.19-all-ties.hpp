// Gives g to every number that equals the maximum: the gradient is too large.
  const bool kept = op.keepdim;
  const Tensor mask = eq(in[0], detail::restore_axes(out, op.axes, kept));
  return {mask * detail::restore_axes(g, op.axes, kept)};
