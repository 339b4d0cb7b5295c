// Sum and mean are the same but for a factor that does not matter.
if (reduction == Reduction::none) return losses;
return sum(losses) / static_cast<real>(count);
