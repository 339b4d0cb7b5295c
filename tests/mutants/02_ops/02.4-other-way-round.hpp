// Takes the second choice where the condition holds.
    const Tensor c = Copy{}.forward(std::array{condition});
    const Tensor y = Copy{}.forward(std::array{yes});
    const Tensor n = Copy{}.forward(std::array{no});
    for (Index i = 0; i < out.numel(); ++i) to[i] = c.data()[i] != 0 ? n.data()[i] : y.data()[i];
    return out;
