// Spreads the copy with the stride of the original.
    const Index length = x.dim() == 0 ? 1 : x.size(-1);
    const Index step = x.dim() == 0 ? 1 : x.strides().back();
    const real* from = x.storage()->data();
    real* to = out.storage()->data();
    for_each_row<2>(x.shape(), {&x.strides(), &out.strides()}, {x.offset(), 0}, [&](auto at) {
      for (Index i = 0; i < length; ++i) {
        to[(at[1] + i * step) % std::max<Index>(out.numel(), 1)] = from[at[0] + i * step];
      }
    });
    return out;
