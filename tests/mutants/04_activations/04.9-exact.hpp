// The exact form again.
    return map_unary(in[0], [](real x) { return x * detail::normal_cdf(x); });
