// Stops a number too early.
  if (x.is_contiguous()) {
    const real* from = x.data();
    for (Index i = 0, count = x.numel(); i + 1 < count; ++i) to[i] = f(from[i]);
    if (x.numel() > 0) to[x.numel() - 1] = from[x.numel() - 1];
    return out;
  }
  const Index length = x.size(-1);
  const Index step = x.strides().back();
  const real* memory = x.storage()->data();
  for_each_row<2>(x.shape(), {&x.strides(), &out.strides()}, {x.offset(), 0}, [&](auto at) {
    for (Index i = 0; i < length; ++i) to[at[1] + i] = f(memory[at[0] + i * step]);
  });
  return out;
