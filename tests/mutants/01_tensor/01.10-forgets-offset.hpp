// Forgets where the tensor that is selected from began.
    Shape shape = x.shape(), strides = x.strides();
    const Index offset = i * strides[axis];
    shape.erase(axis);
    strides.erase(axis);
    return Tensor(x.storage(), shape, strides, offset);
