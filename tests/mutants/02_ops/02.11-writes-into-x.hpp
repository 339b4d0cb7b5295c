// Keeps the best so far in a view of x, and writes over the numbers of the caller.
  const Tensor numbers = x.detach();
  const Tensor best = numbers.select(axis, 0).contiguous();
  for (Index i = 1; i < x.size(axis); ++i) {
    const Tensor candidate = numbers.select(axis, i).contiguous();
    for (std::size_t slot = 0; slot < winners.size(); ++slot) {
      const real value = candidate.data()[slot];
      real& winner = best.data()[slot];
      if (value > winner || (std::isnan(value) && !std::isnan(winner))) {
        winner = value;
        winners[slot] = i;
      }
    }
  }
  return IndexTensor(std::move(winners), shape);
