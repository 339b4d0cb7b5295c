// The class axis put back in front of g.
  const Tensor one_hot =
      detail::target_distribution(op.labels, in[0].shape(), op.axis, 0, op.ignore_index);
  return {one_hot * (-g).unsqueeze(0).expand(one_hot.shape()) + 0 * g.unsqueeze(axis)};
