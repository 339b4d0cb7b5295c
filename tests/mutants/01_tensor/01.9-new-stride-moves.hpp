// Moves the offset with the stride that was already multiplied by step.
    Shape shape = x.shape(), strides = x.strides();
    shape[axis] = (stop - start + step - 1) / step;
    strides[axis] *= step;
    return Tensor(x.storage(), shape, strides, x.offset() + start * strides[axis]);
