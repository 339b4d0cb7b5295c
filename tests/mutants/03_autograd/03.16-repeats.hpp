// Repeats g over the whole axis, and does not leave 0 where nothing was taken.
  const Index along = static_cast<Index>(op.axis), n = in[0].shape()[op.axis];
  const Index there = g.shape()[op.axis];
  std::vector<Tensor> parts;
  for (Index i = 0; i < n && there > 0; ++i) {
    parts.push_back(g.slice(along, i % there, i % there + 1));
  }
  return {parts.empty() ? zeros_like(in[0]) : cat(parts, along)};
