// Multiplies with g as it is, without the axes that were reduced.
  const Tensor mask = detail::first_winner(in[0], out, op.axes);
  return {mask * g};
