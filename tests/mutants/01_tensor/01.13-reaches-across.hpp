// Never asks whether a new axis reaches across two blocks.
  Shape result(shape.size(), 1);
  std::size_t next = shape.size();
  std::size_t axis = from.size();
  while (axis > 0) {
    if (from[axis - 1] == 1) {
      --axis;
      continue;
    }
    const Index step = strides[axis - 1];
    Index block = from[--axis];
    while (axis > 0 && (from[axis - 1] == 1 || strides[axis - 1] == step * block)) {
      block *= from[--axis];
    }
    Index done = 1;
    while (next > 0 && done < block) {
      result[--next] = step * done;
      done *= shape[next];
    }
  }
  while (next > 0) {
    --next;
    result[next] = next + 1 < shape.size() ? result[next + 1] * shape[next + 1] : 1;
  }
  return result;
