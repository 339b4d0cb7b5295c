// The one-hot target, with smoothing forgotten.
  const Tensor excess =
      softmax(x, axis) -
      detail::target_distribution(op.labels, x.shape(), op.axis, 0, op.ignore_index);
  return {excess * scale.unsqueeze(axis)};
