// numbers are put back in their own order, not where they were picked
    for (Index i = 0; i < numbers.numel(); ++i) out.data()[i] += numbers.data()[i];
    return out;
