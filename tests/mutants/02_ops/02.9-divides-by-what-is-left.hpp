// Divides by the size of the result.
  const Tensor total = sum(x, axes, keepdim);
  return total / static_cast<real>(total.numel());
