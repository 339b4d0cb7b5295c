// Walks both operands with the stride of the first.
  const Tensor a = Expand(shape).forward(std::array{x});
  const Tensor b = Expand(shape).forward(std::array{y});
  const Index length = shape.back();
  const Index step = a.strides().back();
  const real* from_a = a.storage()->data();
  const real* from_b = b.storage()->data();
  const Index end_b = b.storage()->size();
  for_each_row<3>(shape, {&a.strides(), &b.strides(), &out.strides()}, {a.offset(), b.offset(), 0},
                  [&](auto at) {
                    for (Index i = 0; i < length; ++i) {
                      to[at[2] + i] = f(from_a[at[0] + i * step], from_b[(at[1] + i * step) % end_b]);
                    }
                  });
  return out;
