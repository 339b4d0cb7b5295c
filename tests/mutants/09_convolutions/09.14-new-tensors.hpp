// makes new tensors instead of changing those that the layer holds
  const real keep = static_cast<real>(1 - momentum), take = static_cast<real>(momentum);
  const real unbias = static_cast<real>(count) / static_cast<real>(count - 1);
  running_mean = running_mean * keep + mean * take;
  running_var = running_var * keep + var * (take * unbias);
