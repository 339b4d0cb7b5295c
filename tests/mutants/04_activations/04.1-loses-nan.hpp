// The obvious way round: a NaN is not above 0, so it becomes 0, and its cause is hidden.
    return map_unary(in[0], [](real x) { return x > 0 ? x : real(0); });
