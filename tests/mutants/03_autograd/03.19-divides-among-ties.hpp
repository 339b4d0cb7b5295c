// Divides g among equal maxima, as amax does; max with an axis names one.
  const Tensor mask = eq(in[0], detail::restore_axes(out, op.axes, op.keepdim));
  const Tensor share = mask / sum(mask, op.axes, true);
  return {share * detail::restore_axes(g, op.axes, op.keepdim)};
