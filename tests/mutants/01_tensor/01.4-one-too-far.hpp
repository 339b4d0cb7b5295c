// Lets a wheel reach its size, which is one past the last index.
  for (std::size_t axis = shape.size(); axis-- > 0;) {
    if (++index[axis] <= shape[axis]) return true;
    index[axis] = 0;
  }
  return false;
