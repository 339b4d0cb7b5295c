// softmax of raw numbers: the first derivative is right, the second is lost.
  const Tensor excess =
      softmax(x.detach(), axis) -
      detail::target_distribution(op.labels, x.shape(), op.axis, op.smoothing, op.ignore_index);
  return {excess * scale.unsqueeze(axis)};
