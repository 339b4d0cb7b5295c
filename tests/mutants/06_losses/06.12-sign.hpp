// Target less belief: uphill.
  const Tensor excess =
      detail::target_distribution(op.labels, x.shape(), op.axis, op.smoothing, op.ignore_index) -
      softmax(x, axis);
  return {excess * scale.unsqueeze(axis)};
