// Permutes the sizes and leaves the strides: each index then reads another number.
    Shape shape(order.size());
    for (std::size_t i = 0; i < order.size(); ++i) {
      shape[i] = x.shape()[static_cast<std::size_t>(order[i])];
    }
    return Tensor(x.storage(), shape, x.strides(), x.offset());
