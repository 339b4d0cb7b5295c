// Aligns the two shapes from the left.
  Shape repeated;
  for (std::size_t axis = 0; axis < g.shape().size(); ++axis) {
    if (axis >= shape.size() || shape[axis] != g.shape()[axis]) {
      repeated.push_back(static_cast<Index>(axis));
    }
  }
  return sum(g, repeated, true).reshape(shape);
