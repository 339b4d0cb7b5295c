// Repeats axes that are there, and refuses to add any in front.
    const auto refuse = [&] {
      throw ShapeError("expand: cannot expand " + to_string(x.shape()) + " to " + to_string(shape));
    };
    if (x.shape().size() != shape.size()) refuse();
    Shape strides(shape.size(), 0);
    for (std::size_t axis = 0; axis < shape.size(); ++axis) {
      if (x.shape()[axis] == shape[axis]) {
        strides[axis] = x.strides()[axis];
      } else if (x.shape()[axis] != 1) {
        refuse();
      }
    }
    return Tensor(x.storage(), shape, strides, x.offset());
