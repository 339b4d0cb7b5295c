// Writes the repeated gradient out: right values, and memory that a view would save.
  const Tensor wide = detail::restore_axes(g, op.axes, op.keepdim).expand(in[0].shape());
  return {wide.clone()};
