// Refuses negative indices, which count from the back.
    if (index.size() != shape().size()) {
      throw IndexError("at: expects " + std::to_string(dim()) + " indices for shape " +
                       tinytorch::to_string(shape()) + ", got " + tinytorch::to_string(index));
    }
    for (std::size_t axis = 0; axis < index.size(); ++axis) {
      const Index n = shape()[axis];
      if (index[axis] < 0 || index[axis] >= n) {
        throw IndexError("at: expects index " + std::to_string(axis) + " in [" +
                         std::to_string(-n) + ", " + std::to_string(n - 1) + "] for shape " +
                         tinytorch::to_string(shape()) + ", got " + std::to_string(index[axis]));
      }
    }
    return flat_offset(index, strides(), offset());
