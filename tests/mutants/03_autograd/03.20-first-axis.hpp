// Cuts along the first axis, whichever was joined.
  Index start = 0;
  for (const Tensor& piece : in) {
    const Index stop = start + piece.shape()[0];
    grads.push_back(g.slice(0, start, stop) + real(0 * op.axis));
    start = stop;
  }
  return grads;
