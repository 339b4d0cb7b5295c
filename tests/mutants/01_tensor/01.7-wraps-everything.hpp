// Takes every index modulo the size, so that none is ever wrong.
    if (index.size() != shape().size()) {
      throw IndexError("at: expects " + std::to_string(dim()) + " indices for shape " +
                       tinytorch::to_string(shape()) + ", got " + tinytorch::to_string(index));
    }
    Shape wrapped = index;
    for (std::size_t axis = 0; axis < index.size(); ++axis) {
      const Index n = shape()[axis];
      wrapped[axis] = (wrapped[axis] % n + n) % n;
    }
    return flat_offset(wrapped, strides(), offset());
