// Puts the new axis last, and joins along the one that was asked for.
  std::vector<Tensor> with_axis;
  for (const Tensor& t : tensors) with_axis.push_back(t.unsqueeze(-1));
  return cat(with_axis, axis);
