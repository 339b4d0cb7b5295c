// Takes a view that begins later for scattered, although its numbers lie in a row.
    if (numel() == 0) return true;
    const Shape expected = row_major_strides(shape());
    for (std::size_t axis = 0; axis < expected.size(); ++axis) {
      if (shape()[axis] != 1 && strides()[axis] != expected[axis]) return false;
    }
    return offset() == 0;
