// The target held by a name until the end: a fourth tensor as large as the scores.
  const Tensor q =
      detail::target_distribution(op.labels, x.shape(), op.axis, op.smoothing, op.ignore_index);
  return {(softmax(x, axis) - q) * scale.unsqueeze(axis)};
