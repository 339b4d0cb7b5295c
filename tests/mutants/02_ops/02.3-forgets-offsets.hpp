// Starts both operands where their storages start.
  const Tensor a = Expand(shape).forward(std::array{x});
  const Tensor b = Expand(shape).forward(std::array{y});
  const Index length = shape.back();
  const Index step_a = a.strides().back(), step_b = b.strides().back();
  const real* from_a = a.storage()->data();
  const real* from_b = b.storage()->data();
  for_each_row<3>(shape, {&a.strides(), &b.strides(), &out.strides()}, {0, 0, 0}, [&](auto at) {
    for (Index i = 0; i < length; ++i) {
      to[at[2] + i] = f(from_a[at[0] + i * step_a], from_b[at[1] + i * step_b]);
    }
  });
  return out;
