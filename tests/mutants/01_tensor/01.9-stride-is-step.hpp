// Sets the stride to step: right along the last axis only.
    Shape shape = x.shape(), strides = x.strides();
    shape[axis] = (stop - start + step - 1) / step;
    strides[axis] = step;
    return Tensor(x.storage(), shape, strides, x.offset() + start * x.strides()[axis]);
