// A bracket too few: the scale reaches x and not the cube.
    return map_unary(in[0], [](real x) {
      return x * (1 + std::tanh(detail::gelu_scale * x + detail::gelu_cubic * x * x * x)) / 2;
    });
