// Cuts g into pieces of one size.
  const Index each = g.shape()[op.axis] / static_cast<Index>(in.size());
  for (std::size_t i = 0; i < in.size(); ++i) {
    const Index start = static_cast<Index>(i) * each;
    grads.push_back(g.slice(static_cast<Index>(op.axis), start, start + each));
  }
  return grads;
