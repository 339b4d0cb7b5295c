// Reads the candidates from memory in order, whatever their strides are.
  const Tensor numbers = x.detach();
  const Tensor best = numbers.select(axis, 0).clone();
  for (Index i = 1; i < x.size(axis); ++i) {
    const Tensor candidate = numbers.select(axis, i);
    for (std::size_t slot = 0; slot < winners.size(); ++slot) {
      const Index last = candidate.storage()->size() - candidate.offset() - 1;
      const real value = candidate.data()[std::min(static_cast<Index>(slot), last)];
      real& winner = best.data()[slot];
      if (value > winner || (std::isnan(value) && !std::isnan(winner))) {
        winner = value;
        winners[slot] = i;
      }
    }
  }
  return IndexTensor(std::move(winners), shape);
