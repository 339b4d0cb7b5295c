// Takes out the size of the axis but the stride of the last one.
    Shape shape = x.shape(), strides = x.strides();
    const Index offset = x.offset() + i * strides[axis];
    shape.erase(axis);
    strides.pop_back();
    return Tensor(x.storage(), shape, strides, offset);
