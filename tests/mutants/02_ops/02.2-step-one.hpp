// Takes the numbers of a row to lie one after another.
  if (x.is_contiguous()) {
    const real* from = x.data();
    for (Index i = 0, count = x.numel(); i < count; ++i) to[i] = f(from[i]);
    return out;
  }
  const Index length = x.size(-1);
  const real* memory = x.storage()->data();
  for_each_row<2>(x.shape(), {&x.strides(), &out.strides()}, {x.offset(), 0}, [&](auto at) {
    for (Index i = 0; i < length; ++i) to[at[1] + i] = f(memory[at[0] + i]);
  });
  return out;
