// Less the entropy of the targets: the Kullback-Leibler divergence. Its gradient is the same.
  const Tensor safe = maximum(q, scalar(real(1e-30)));
  const Tensor losses = sum(q * (log(safe) - log_softmax(logits, axis)), axis);
  return detail::reduced(losses, options.reduction, losses.numel());
