// Carries, but leaves the wheel that is past its end where it is.
  for (std::size_t axis = shape.size(); axis-- > 0;) {
    if (++index[axis] < shape[axis]) return true;
  }
  return false;
