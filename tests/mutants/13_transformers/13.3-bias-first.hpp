// the gradients of weight and bias are exchanged
  Grads grads = {detail::normalize_grad(normal, scale, op.has_weight ? g * in[1] : g)};
  if (op.has_bias) grads.push_back(unbroadcast(g, in[in.size() - 1].shape()));
  if (op.has_weight) grads.push_back(unbroadcast(g * normal, in[1].shape()));
  return grads;
