// Begins the smaller operand again when it is used up: right for a row, wrong for a column.
  const Tensor a = Copy{}.forward(std::array{x});
  const Tensor b = Copy{}.forward(std::array{y});
  for (Index i = 0; i < out.numel(); ++i) {
    to[i] = f(a.data()[i % a.numel()], b.data()[i % b.numel()]);
  }
  return out;
