// Writes g into zeros by hand: the second derivative loses its way.
  Tensor out = zeros(in[0].shape());
  op.forward(std::array{out}).copy_(g.detach());
  return {out};
