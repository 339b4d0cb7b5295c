// Takes the numbers of the last axis to lie one after another, which a transpose undoes.
  Index position = offset;
  for (std::size_t axis = 0; axis < index.size(); ++axis) {
    position += axis + 1 == index.size() ? index[axis] : index[axis] * strides[axis];
  }
  return position;
