// Answer less belief: uphill.
  grads[0] = g * (y - sigmoid(z));
  if (y.requires_grad()) grads[1] = -(g * z);
  return grads;
