// The mean over the examples, the first axis, and not over all numbers.
  const Tensor distance = input - target;
  return detail::reduced(distance * distance, options.reduction,
                         input.dim() == 0 ? 1 : input.size(0));
