// Aligns the axes from the left: [3] to [3, 4] would be a column.
    const std::size_t rank = x.shape().size();
    const auto refuse = [&] {
      throw ShapeError("expand: cannot expand " + to_string(x.shape()) + " to " + to_string(shape));
    };
    if (rank > shape.size()) refuse();
    Shape strides(shape.size(), 0);
    for (std::size_t axis = 0; axis < rank; ++axis) {
      if (x.shape()[axis] == shape[axis]) {
        strides[axis] = x.strides()[axis];
      } else if (x.shape()[axis] != 1) {
        refuse();
      }
    }
    return Tensor(x.storage(), shape, strides, x.offset());
