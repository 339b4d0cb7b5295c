// Writes the repeated numbers out: right values, and memory that nobody needs.
    const std::size_t rank = x.shape().size();
    const auto refuse = [&] {
      throw ShapeError("expand: cannot expand " + to_string(x.shape()) + " to " + to_string(shape));
    };
    if (rank > shape.size()) refuse();
    const std::size_t added = shape.size() - rank;
    Shape strides(shape.size(), 0);
    for (std::size_t axis = 0; axis < rank; ++axis) {
      if (x.shape()[axis] == shape[added + axis]) {
        strides[added + axis] = x.strides()[axis];
      } else if (x.shape()[axis] != 1) {
        refuse();
      }
    }
    Tensor out = empty(shape);
    Index next = 0;
    for_each_row<1>(shape, {&strides}, {x.offset()}, [&](auto at) {
      for (Index i = 0; i < (shape.empty() ? 1 : shape.back()); ++i) {
        out.data()[next++] = x.storage()->data()[at[0] + (shape.empty() ? 0 : i * strides.back())];
      }
    });
    return out;
