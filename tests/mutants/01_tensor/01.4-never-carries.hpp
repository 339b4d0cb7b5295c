// Only the last wheel turns: the end of a row is taken for the end of all.
  if (shape.empty()) return false;
  const std::size_t last = shape.size() - 1;
  if (++index[last] < shape[last]) return true;
  index[last] = 0;
  return false;
