// Gives stride 0 to any size that differs, so that [3] becomes [6] without a word.
    const std::size_t rank = x.shape().size();
    const auto refuse = [&] {
      throw ShapeError("expand: cannot expand " + to_string(x.shape()) + " to " + to_string(shape));
    };
    if (rank > shape.size()) refuse();
    const std::size_t added = shape.size() - rank;
    Shape strides(shape.size(), 0);
    for (std::size_t axis = 0; axis < rank; ++axis) {
      if (x.shape()[axis] == shape[added + axis]) strides[added + axis] = x.strides()[axis];
    }
    return Tensor(x.storage(), shape, strides, x.offset());
