// momentum as in an optimizer: the share of the old
  const real keep = static_cast<real>(momentum), take = static_cast<real>(1 - momentum);
  const real unbias = static_cast<real>(count) / static_cast<real>(count - 1);
  running_mean.mul_(keep).add_(mean, take);
  running_var.mul_(keep).add_(var, take * unbias);
