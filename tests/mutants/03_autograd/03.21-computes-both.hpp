// Computes the gradient of the data as well, which nobody wants.
  grads[0] = unbroadcast(matmul(g, b.transpose(-1, -2)), a.shape());
  grads[1] = unbroadcast(matmul(a.transpose(-1, -2), g), b.shape());
  return grads;
