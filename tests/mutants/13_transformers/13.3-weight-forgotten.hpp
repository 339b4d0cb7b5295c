// g goes to the norm as if y were the normalised numbers
  Grads grads = {detail::normalize_grad(normal, scale, g)};
  if (op.has_weight) grads.push_back(unbroadcast(g * normal, in[1].shape()));
  if (op.has_bias) grads.push_back(unbroadcast(g, in[in.size() - 1].shape()));
  return grads;
