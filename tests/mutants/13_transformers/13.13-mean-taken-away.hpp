// takes the mean away first, as layer_norm does
  const Tensor centered = x - mean(x, -1, true);
  const Tensor normal = centered / sqrt(mean(centered * centered, -1, true) + eps);
  return weight.defined() ? normal * weight : normal;
