// Gives each piece the first part of g.
  for (const Tensor& piece : in) {
    grads.push_back(g.slice(static_cast<Index>(op.axis), 0, piece.shape()[op.axis]));
  }
  return grads;
