// Starts both operands where their storages start.
    Shape full_a = batch, full_b = batch, once = batch;
    full_a.push_back(m);
    full_a.push_back(k);
    full_b.push_back(k);
    full_b.push_back(n);
    once.push_back(1);
    const Tensor left = Expand(full_a).forward(in.only(0));
    const Tensor right = Expand(full_b).forward(in.only(1));
    const std::size_t row = batch.size(), col = batch.size() + 1;
    const auto matrix = [&](const Tensor& t, Index start) {
      return Matrix{t.storage()->data() + start, t.shape()[row], t.shape()[col], t.strides()[row],
                    t.strides()[col]};
    };
    for_each_row<3>(once, {&left.strides(), &right.strides(), &out.strides()}, {0, 0, 0},
                    [&](auto at) {
                      detail::multiply(matrix(left, at[0]), matrix(right, at[1]),
                                       matrix(out, at[2]));
                    });
    return out;
