// Moves the offset by i numbers, not by i strides.
    Shape shape = x.shape(), strides = x.strides();
    shape.erase(axis);
    strides.erase(axis);
    return Tensor(x.storage(), shape, strides, x.offset() + i);
