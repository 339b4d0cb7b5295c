// Leaves the axis in with size 1, which is a slice.
    Shape shape = x.shape();
    shape[axis] = 1;
    return Tensor(x.storage(), shape, x.strides(), x.offset() + i * x.strides()[axis]);
