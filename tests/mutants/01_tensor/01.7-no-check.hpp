// Trusts the caller: an index that is too large reads somebody else's number.
    Shape wrapped = index;
    for (std::size_t axis = 0; axis < index.size(); ++axis) {
      if (wrapped[axis] < 0) wrapped[axis] += shape()[axis];
    }
    return flat_offset(wrapped, strides(), offset());
