// Adds the correction instead of taking it away.
  Index count = 1;
  for (const Index axis : detail::checked_axes(axes, x.shape(), "var")) count *= x.size(axis);
  const Tensor distance = x - mean(x, axes, true);
  return sum(distance * distance, axes, keepdim) / static_cast<real>(count + correction);
