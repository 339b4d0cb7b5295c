// Compares the stride of an axis of size 1, along which nobody ever steps.
    if (numel() == 0) return true;
    return strides() == row_major_strides(shape());
