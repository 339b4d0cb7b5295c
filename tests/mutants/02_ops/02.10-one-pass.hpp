// E[x^2] - E[x]^2: one pass, and no digit left when the mean is large.
  Index count = 1;
  for (const Index axis : detail::checked_axes(axes, x.shape(), "var")) count *= x.size(axis);
  const Tensor m = mean(x, axes, keepdim);
  return (mean(x * x, axes, keepdim) - m * m) * static_cast<real>(count) /
         static_cast<real>(count - correction);
