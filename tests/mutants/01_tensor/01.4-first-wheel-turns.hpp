// Turns the first wheel fastest, so that columns are visited before rows.
  for (std::size_t axis = 0; axis < shape.size(); ++axis) {
    if (++index[axis] < shape[axis]) return true;
    index[axis] = 0;
  }
  return false;
