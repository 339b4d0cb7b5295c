// Gives up where the memory is not row-major, although many views need no copy.
  if (strides != row_major_strides(from)) return std::nullopt;
  return row_major_strides(shape);
