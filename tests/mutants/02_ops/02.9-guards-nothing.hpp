// Gives 0 for the mean of no elements, and hides that there were none.
  Index count = 1;
  for (const Index axis : detail::checked_axes(axes, x.shape(), "mean")) count *= x.size(axis);
  return sum(x, axes, keepdim) / static_cast<real>(std::max<Index>(count, 1));
