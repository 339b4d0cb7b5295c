// eps outside the root
  const Tensor normal = x / (sqrt(mean(x * x, -1, true)) + eps);
  return weight.defined() ? normal * weight : normal;
