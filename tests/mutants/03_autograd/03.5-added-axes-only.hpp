// Sums the axes that were added in front, and forgets the repeated ones.
  Tensor result = g;
  while (result.dim() > static_cast<Index>(shape.size())) result = sum(result, 0);
  for (std::size_t axis = 0; axis < shape.size(); ++axis) {
    const Index along = static_cast<Index>(axis);
    if (shape[axis] == 1) result = result.slice(along, 0, 1);
  }
  return result.reshape(shape);
