// Writes the smaller operand out first: right values, and memory that broadcasting need not take.
  const Tensor a = Copy{}.forward(std::array{Expand(shape).forward(std::array{x})});
  const Tensor b = Copy{}.forward(std::array{Expand(shape).forward(std::array{y})});
  for (Index i = 0; i < out.numel(); ++i) to[i] = f(a.data()[i], b.data()[i]);
  return out;
