// The first axis is the one that lies in a row: the order of Fortran, not of C.
  Shape strides(shape.size());
  Index step = 1;
  for (std::size_t axis = 0; axis < shape.size(); ++axis) {
    strides[axis] = step;
    step *= shape[axis];
  }
  return strides;
