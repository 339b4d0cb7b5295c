// the mean over all copies of a pixel, instead of their sum
  const Tensor seen = Fold(op.windows).forward(std::array{ones(op.windows.column_shape())});
  return {apply(Fold(op.windows), {g}) / maximum(seen, scalar(1))};
