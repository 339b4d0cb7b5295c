// Counts in bytes, as NumPy does; here and in PyTorch strides count numbers.
  Shape strides(shape.size());
  Index step = static_cast<Index>(sizeof(real));
  for (std::size_t axis = shape.size(); axis-- > 0;) {
    strides[axis] = step;
    step *= shape[axis];
  }
  return strides;
