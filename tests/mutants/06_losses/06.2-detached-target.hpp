// A target is data: no gradient for it.
  const Tensor distance = input - target.detach();
  return detail::reduced(distance * distance, options.reduction, input.numel());
