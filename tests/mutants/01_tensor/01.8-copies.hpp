// Copies the numbers for a view: right values, and no longer the same memory.
    Shape shape(order.size()), strides(order.size());
    for (std::size_t i = 0; i < order.size(); ++i) {
      const std::size_t from = static_cast<std::size_t>(order[i]);
      shape[i] = x.shape()[from];
      strides[i] = x.strides()[from];
    }
    auto fresh = std::make_shared<Storage>(x.storage()->size());
    std::copy_n(x.storage()->data(), fresh->size(), fresh->data());
    return Tensor(fresh, shape, strides, x.offset());
