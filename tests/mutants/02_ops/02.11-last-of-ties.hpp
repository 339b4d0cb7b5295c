// Lets an equal number win: the last of several largest, not the first.
  const Tensor numbers = x.detach();
  const Tensor best = numbers.select(axis, 0).clone();
  for (Index i = 1; i < x.size(axis); ++i) {
    const Tensor candidate = numbers.select(axis, i).contiguous();
    for (std::size_t slot = 0; slot < winners.size(); ++slot) {
      const real value = candidate.data()[slot];
      real& winner = best.data()[slot];
      if (value >= winner || (std::isnan(value) && !std::isnan(winner))) {
        winner = value;
        winners[slot] = i;
      }
    }
  }
  return IndexTensor(std::move(winners), shape);
