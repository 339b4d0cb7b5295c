// Does not hand keepdim on.
  (void)keepdim;
  Index count = 1;
  for (const Index axis : detail::checked_axes(axes, x.shape(), "mean")) count *= x.size(axis);
  return sum(x, axes) / static_cast<real>(count);
