// A target is data: no gradient for it.
  grads[0] = g * (sigmoid(z) - y);
  return grads;
