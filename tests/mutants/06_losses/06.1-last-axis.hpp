// One loss a row instead of one for all.
  if (reduction == Reduction::none || losses.dim() == 0) return losses;
  const Tensor total = sum(losses, -1);
  return reduction == Reduction::sum ? total : total / static_cast<real>(count);
