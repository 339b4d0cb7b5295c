// The derivative alone.
  const Tensor one_hot =
      detail::target_distribution(op.labels, in[0].shape(), op.axis, 0, op.ignore_index);
  return {-one_hot + 0 * g.unsqueeze(axis)};
