// Blends with arithmetic: 0 * inf is nan.
    const Tensor c = Copy{}.forward(std::array{condition});
    const Tensor y = Copy{}.forward(std::array{yes});
    const Tensor n = Copy{}.forward(std::array{no});
    for (Index i = 0; i < out.numel(); ++i) {
      const real take = c.data()[i] != 0 ? real(1) : real(0);
      to[i] = take * y.data()[i] + (1 - take) * n.data()[i];
    }
    return out;
