// Multiplies the first pair of a batch, and leaves the others at 0.
    for (Index i = 0; i < out.numel(); ++i) out.data()[i] = 0;
    if (numel(batch) == 0) return out;
    const auto matrix = [](const Tensor& t) {
      return Matrix{t.data(), t.size(-2), t.size(-1), t.strides()[t.strides().size() - 2],
                    t.strides().back()};
    };
    if (m * n * k > 0) detail::multiply(matrix(in[0]), matrix(in[1]), matrix(out));
    return out;
