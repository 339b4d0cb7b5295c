// Divides by the number of terms, which is the gradient of the mean.
  const real share = static_cast<real>(g.numel()) / static_cast<real>(in[0].numel());
  return {detail::restore_axes(g * share, op.axes, op.keepdim).expand(in[0].shape())};
