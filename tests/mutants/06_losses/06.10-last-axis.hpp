// Along the last axis, whichever the classes are.
  const Tensor losses = -sum(q * log_softmax(logits, -1), axis);
  return detail::reduced(losses, options.reduction, losses.numel());
