// exp over the sum of exp, without the maximum.
  const Tensor e = exp(in[0]);
  return {e / sum(e, axis, true) * g.unsqueeze(axis)};
