// The mean is over all losses, also those that were ignored.
if (reduction == Reduction::none) return losses;
return reduction == Reduction::sum ? sum(losses) : mean(losses) + 0 * real(count);
