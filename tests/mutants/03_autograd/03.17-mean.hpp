// Divides by the number of copies.
  const Tensor total = unbroadcast(g, in[0].shape());
  return {total * (static_cast<real>(total.numel()) / static_cast<real>(g.numel()))};
