// Starts to count at 0, as if no view began later in its storage.
  Index position = 0 * offset;
  for (std::size_t axis = 0; axis < index.size(); ++axis) position += index[axis] * strides[axis];
  return position;
