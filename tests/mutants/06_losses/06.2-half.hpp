// Half of the square, as in textbooks, so that the gradient has no 2.
  const Tensor distance = input - target;
  return detail::reduced(distance * distance * real(0.5), options.reduction, input.numel());
