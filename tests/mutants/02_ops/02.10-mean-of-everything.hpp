// Takes the distance from the mean of the whole tensor.
  Index count = 1;
  for (const Index axis : detail::checked_axes(axes, x.shape(), "var")) count *= x.size(axis);
  const Tensor distance = x - mean(x);
  return sum(distance * distance, axes, keepdim) / static_cast<real>(count - correction);
