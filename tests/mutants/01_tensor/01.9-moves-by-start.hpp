// Moves the offset by start numbers, not by start strides.
    Shape shape = x.shape(), strides = x.strides();
    shape[axis] = (stop - start + step - 1) / step;
    strides[axis] *= step;
    return Tensor(x.storage(), shape, strides, x.offset() + start);
