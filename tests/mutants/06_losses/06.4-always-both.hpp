// The gradient of the target, wanted or not.
  grads[0] = g * (sigmoid(z) - y);
  grads[1] = -(g * z);
  return grads;
