// Puts the new shape over the memory as it lies.
  return Tensor(storage(), target, row_major_strides(target), offset());
