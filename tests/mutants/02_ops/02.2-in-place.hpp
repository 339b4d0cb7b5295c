// Writes into the memory of x: the operand is gone.
  const real* from = x.data();
  if (x.is_contiguous()) {
    for (Index i = 0, count = x.numel(); i < count; ++i) to[i] = x.data()[i] = f(from[i]);
    return out;
  }
  const Index length = x.size(-1);
  const Index step = x.strides().back();
  real* memory = x.storage()->data();
  for_each_row<2>(x.shape(), {&x.strides(), &out.strides()}, {x.offset(), 0}, [&](auto at) {
    for (Index i = 0; i < length; ++i) {
      real& number = memory[at[0] + i * step];
      to[at[1] + i] = number = f(number);
    }
  });
  return out;
