// Pairs the first index with the last stride.
  Index position = offset;
  for (std::size_t axis = 0; axis < index.size(); ++axis) {
    position += index[axis] * strides[index.size() - 1 - axis];
  }
  return position;
