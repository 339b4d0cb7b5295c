// Returns the mask without g.
  const Tensor mask = detail::first_winner(in[0], out, op.axes);
  return {mask + 0 * detail::restore_axes(g, op.axes, op.keepdim)};
