// The distance, not its square.
  return detail::reduced(abs(input - target), options.reduction, input.numel());
