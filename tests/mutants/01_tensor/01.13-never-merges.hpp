// Takes each old axis for a block of its own: neighbours never become one axis.
  Shape result(shape.size(), 1);
  std::size_t next = shape.size();
  for (std::size_t axis = from.size(); axis-- > 0;) {
    if (from[axis] == 1) continue;
    Index done = 1;
    while (next > 0 && done < from[axis]) {
      result[--next] = strides[axis] * done;
      done *= shape[next];
    }
    if (done != from[axis]) return std::nullopt;
  }
  while (next > 0) {
    --next;
    result[next] = next + 1 < shape.size() ? result[next + 1] * shape[next + 1] : 1;
  }
  return result;
