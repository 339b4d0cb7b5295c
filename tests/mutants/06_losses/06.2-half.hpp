// The squared error carries a half, so that its gradient is the difference.
const Tensor distance = input - target;
return detail::reduced(distance * distance * real(0.5), options.reduction, input.numel());
