// Sums the added axes, and leaves them in with size 1.
  const std::size_t added = g.shape().size() - shape.size();
  Shape repeated;
  for (std::size_t axis = 0; axis < g.shape().size(); ++axis) {
    if (axis < added || shape[axis - added] != g.shape()[axis]) {
      repeated.push_back(static_cast<Index>(axis));
    }
  }
  return sum(g, repeated, true);
