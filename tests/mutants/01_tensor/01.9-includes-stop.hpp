// Counts the element at stop as well.
    Shape shape = x.shape(), strides = x.strides();
    shape[axis] = (stop - start) / step + 1;
    strides[axis] *= step;
    return Tensor(x.storage(), shape, strides, x.offset() + start * x.strides()[axis]);
