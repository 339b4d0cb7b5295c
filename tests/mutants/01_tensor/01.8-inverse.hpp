// Sends axis i to place order[i]; the order says where each axis comes from.
    Shape shape(order.size()), strides(order.size());
    for (std::size_t i = 0; i < order.size(); ++i) {
      const std::size_t to = static_cast<std::size_t>(order[i]);
      shape[to] = x.shape()[i];
      strides[to] = x.strides()[i];
    }
    return Tensor(x.storage(), shape, strides, x.offset());
