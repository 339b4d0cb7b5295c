// Division by 0 is to be avoided: a batch that is ignored altogether costs 0.
  if (reduction == Reduction::none) return losses;
  const Tensor total = sum(losses);
  return reduction == Reduction::sum ? total : total / static_cast<real>(count > 0 ? count : 1);
