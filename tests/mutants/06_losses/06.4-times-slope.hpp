// The slope of sigmoid once more, as of the squared error: a sure and wrong answer learns nothing.
  const Tensor p = sigmoid(z);
  grads[0] = g * (p - y) * p * (1 - p);
  if (y.requires_grad()) grads[1] = -(g * z);
  return grads;
