// Mirrors the left side instead of cutting it off.
    return map_unary(in[0], [](real x) { return std::abs(x); });
