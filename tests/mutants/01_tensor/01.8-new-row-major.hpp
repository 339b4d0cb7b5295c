// Gives the new shape row-major strides, which is what reshape means.
    Shape shape(order.size());
    for (std::size_t i = 0; i < order.size(); ++i) {
      shape[i] = x.shape()[static_cast<std::size_t>(order[i])];
    }
    return Tensor(x.storage(), shape, row_major_strides(shape), x.offset());
