// Writes a matrix that is used for the whole batch out for each index.
    Shape full_a = batch, full_b = batch;
    full_a.push_back(m);
    full_a.push_back(k);
    full_b.push_back(k);
    full_b.push_back(n);
    const Tensor left = Copy{}.forward(std::array{Expand(full_a).forward(in.only(0))});
    const Tensor right = Copy{}.forward(std::array{Expand(full_b).forward(in.only(1))});
    for (Index i = 0; i < numel(batch); ++i) {
      detail::multiply({left.data() + i * m * k, m, k, k, 1}, {right.data() + i * k * n, k, n, n, 1},
                       {out.data() + i * m * n, m, n, n, 1});
    }
    return out;
