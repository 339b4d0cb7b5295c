// Forgets the batch axis along which one operand was broadcast.
  if (a.requires_grad()) grads[0] = matmul(g, b.transpose(-1, -2));
  if (b.requires_grad()) grads[1] = matmul(a.transpose(-1, -2), g);
  return grads;
