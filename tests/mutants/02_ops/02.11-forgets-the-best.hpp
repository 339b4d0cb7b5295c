// Names each number that is larger than the first, not the largest.
  const Tensor numbers = x.detach();
  const Tensor best = numbers.select(axis, 0).clone();
  for (Index i = 1; i < x.size(axis); ++i) {
    const Tensor candidate = numbers.select(axis, i).contiguous();
    for (std::size_t slot = 0; slot < winners.size(); ++slot) {
      const real value = candidate.data()[slot];
      if (value > best.data()[slot] || std::isnan(value)) winners[slot] = i;
    }
  }
  return IndexTensor(std::move(winners), shape);
