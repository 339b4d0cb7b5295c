// g for every line: an ignored one, whose target is all 0, gets its softmax.
  const Tensor excess =
      softmax(x, axis) -
      detail::target_distribution(op.labels, x.shape(), op.axis, op.smoothing, op.ignore_index);
  return {excess * (g + 0 * scale).unsqueeze(axis)};
