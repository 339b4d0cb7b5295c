// Divides by the number of all elements, not of those that went into a slot.
  return sum(x, axes, keepdim) / static_cast<real>(x.numel());
