// Forgets that a tensor without elements is contiguous whatever its strides are.
    const Shape expected = row_major_strides(shape());
    for (std::size_t axis = 0; axis < expected.size(); ++axis) {
      if (shape()[axis] != 1 && strides()[axis] != expected[axis]) return false;
    }
    return true;
