// Multiplies before it assigns: each stride jumps over its own axis, too.
  Shape strides(shape.size());
  Index step = 1;
  for (std::size_t axis = shape.size(); axis-- > 0;) {
    step *= shape[axis];
    strides[axis] = step;
  }
  return strides;
