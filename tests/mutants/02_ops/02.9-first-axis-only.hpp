// Counts the elements of the first reduced axis only.
  const Shape over = detail::checked_axes(axes, x.shape(), "mean");
  const Index count = over.empty() ? 1 : x.size(over[0]);
  return sum(x, axes, keepdim) / static_cast<real>(count);
