// A label that is ignored is taken for class 0.
  std::vector<Index> own = op.labels.to_vector();
  for (Index& label : own) label = label == op.ignore_index ? 0 : label;
  const Tensor one_hot = detail::target_distribution(IndexTensor(own, op.labels.shape()),
                                                     in[0].shape(), op.axis, 0, -1);
  return {one_hot * (-g).unsqueeze(axis)};
