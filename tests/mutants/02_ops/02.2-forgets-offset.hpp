// Starts a view that is not contiguous where the storage starts.
  if (x.is_contiguous()) {
    const real* from = x.data();
    for (Index i = 0, count = x.numel(); i < count; ++i) to[i] = f(from[i]);
    return out;
  }
  const Index length = x.size(-1);
  const Index step = x.strides().back();
  const real* memory = x.storage()->data();
  for_each_row<2>(x.shape(), {&x.strides(), &out.strides()}, {0, 0}, [&](auto at) {
    for (Index i = 0; i < length; ++i) to[at[1] + i] = f(memory[at[0] + i * step]);
  });
  return out;
