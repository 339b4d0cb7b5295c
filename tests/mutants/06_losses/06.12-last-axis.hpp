// softmax along the last axis, whichever the classes are.
  const Tensor excess =
      softmax(x, -1) -
      detail::target_distribution(op.labels, x.shape(), op.axis, op.smoothing, op.ignore_index);
  return {excess * scale.unsqueeze(axis)};
