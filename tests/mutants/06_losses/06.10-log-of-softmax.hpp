// log(softmax(x)), which is log(0) for a class that is as good as impossible.
  const Tensor losses = -sum(q * log(softmax(logits, axis)), axis);
  return detail::reduced(losses, options.reduction, losses.numel());
