// Takes the mean away without keepdim: it lines up with the wrong axis, or fails.
  Index count = 1;
  for (const Index axis : detail::checked_axes(axes, x.shape(), "var")) count *= x.size(axis);
  const Tensor distance = x - mean(x, axes);
  return sum(distance * distance, axes, keepdim) / static_cast<real>(count - correction);
