// the length of the row, not the mean of its squares
  const Tensor normal = x / sqrt(sum(x * x, -1, true) + eps);
  return weight.defined() ? normal * weight : normal;
