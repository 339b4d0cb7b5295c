// Takes the row of a scalar to be empty, and copies nothing.
    const Index length = x.dim() == 0 ? 0 : x.size(-1);
    const Index step = x.dim() == 0 ? 1 : x.strides().back();
    const real* from = x.storage()->data();
    real* to = out.storage()->data();
    if (x.dim() == 0) *to = 0;
    for_each_row<2>(x.shape(), {&x.strides(), &out.strides()}, {x.offset(), 0}, [&](auto at) {
      for (Index i = 0; i < length; ++i) to[at[1] + i] = from[at[0] + i * step];
    });
    return out;
