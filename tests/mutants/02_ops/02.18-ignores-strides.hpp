// Takes each matrix to lie row by row in memory: a transposed operand is read as it was.
    Shape full_a = batch, full_b = batch, once = batch;
    full_a.push_back(m);
    full_a.push_back(k);
    full_b.push_back(k);
    full_b.push_back(n);
    once.push_back(1);
    const Tensor left = Expand(full_a).forward(in.only(0));
    const Tensor right = Expand(full_b).forward(in.only(1));
    for_each_row<3>(once, {&left.strides(), &right.strides(), &out.strides()},
                    {left.offset(), right.offset(), 0}, [&](auto at) {
                      detail::multiply({left.storage()->data() + at[0], m, k, k, 1},
                                       {right.storage()->data() + at[1], k, n, n, 1},
                                       {out.storage()->data() + at[2], m, n, n, 1});
                    });
    return out;
