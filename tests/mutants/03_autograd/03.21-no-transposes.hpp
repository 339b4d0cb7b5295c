// Multiplies with the other operand without transposing it.
  if (a.requires_grad()) grads[0] = unbroadcast(matmul(g, b), a.shape());
  if (b.requires_grad()) grads[1] = unbroadcast(matmul(a, g), b.shape());
  return grads;
