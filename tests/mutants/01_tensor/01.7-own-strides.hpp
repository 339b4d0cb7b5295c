// Finds the place from the shape, as if nothing had ever been transposed.
    if (index.size() != shape().size()) {
      throw IndexError("at: expects " + std::to_string(dim()) + " indices for shape " +
                       tinytorch::to_string(shape()) + ", got " + tinytorch::to_string(index));
    }
    Shape wrapped = index;
    for (std::size_t axis = 0; axis < index.size(); ++axis) {
      const Index n = shape()[axis];
      if (wrapped[axis] < 0) wrapped[axis] += n;
      if (wrapped[axis] < 0 || wrapped[axis] >= n) {
        throw IndexError("at: expects index " + std::to_string(axis) + " in [" +
                         std::to_string(-n) + ", " + std::to_string(n - 1) + "] for shape " +
                         tinytorch::to_string(shape()) + ", got " + std::to_string(index[axis]));
      }
    }
    return flat_offset(wrapped, row_major_strides(shape()), offset());
