// Says that there is a next index even when it has come round to all zeros.
  for (std::size_t axis = shape.size(); axis-- > 0;) {
    if (++index[axis] < shape[axis]) return true;
    index[axis] = 0;
  }
  return !shape.empty();
