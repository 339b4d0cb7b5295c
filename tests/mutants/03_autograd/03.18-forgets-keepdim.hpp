// Puts axes back that were kept.
  return {detail::restore_axes(g, op.axes, false).expand(in[0].shape())};
