// Compares with > alone: NaN is never named.
  const Tensor numbers = x.detach();
  const Tensor best = numbers.select(axis, 0).clone();
  for (Index i = 1; i < x.size(axis); ++i) {
    const Tensor candidate = numbers.select(axis, i).contiguous();
    for (std::size_t slot = 0; slot < winners.size(); ++slot) {
      if (candidate.data()[slot] > best.data()[slot]) {
        best.data()[slot] = candidate.data()[slot];
        winners[slot] = i;
      }
    }
  }
  return IndexTensor(std::move(winners), shape);
