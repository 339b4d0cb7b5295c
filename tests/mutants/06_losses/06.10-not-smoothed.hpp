// The targets as they were given, not q.
  const Tensor losses = -sum(probabilities * log_softmax(logits, axis), axis) + 0 * sum(q);
  return detail::reduced(losses, options.reduction, losses.numel());
