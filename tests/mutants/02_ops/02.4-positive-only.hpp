// Takes a condition for true only where it is positive; whatever is not 0 is true.
    const Tensor c = Copy{}.forward(std::array{condition});
    const Tensor y = Copy{}.forward(std::array{yes});
    const Tensor n = Copy{}.forward(std::array{no});
    for (Index i = 0; i < out.numel(); ++i) to[i] = c.data()[i] > 0 ? y.data()[i] : n.data()[i];
    return out;
