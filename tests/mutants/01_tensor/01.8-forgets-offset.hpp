// A view of a view begins where the storage begins.
    Shape shape(order.size()), strides(order.size());
    for (std::size_t i = 0; i < order.size(); ++i) {
      const std::size_t from = static_cast<std::size_t>(order[i]);
      shape[i] = x.shape()[from];
      strides[i] = x.strides()[from];
    }
    return Tensor(x.storage(), shape, strides, 0);
