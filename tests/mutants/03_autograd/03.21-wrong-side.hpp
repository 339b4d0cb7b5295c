// Multiplies from the wrong side: right shapes for square matrices, wrong numbers.
  if (a.requires_grad()) grads[0] = unbroadcast(matmul(b.transpose(-1, -2), g), a.shape());
  if (b.requires_grad()) grads[1] = unbroadcast(matmul(g, a.transpose(-1, -2)), b.shape());
  return grads;
