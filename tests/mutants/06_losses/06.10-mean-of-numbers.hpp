// The mean over all numbers: too small by the number of classes.
  const Tensor losses = -sum(q * log_softmax(logits, axis), axis);
  return detail::reduced(losses, options.reduction, logits.numel());
