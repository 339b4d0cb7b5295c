// Reads the order from its end.
  Shape inverse = op.order;
  std::reverse(inverse.begin(), inverse.end());
  return {g.permute(inverse)};
