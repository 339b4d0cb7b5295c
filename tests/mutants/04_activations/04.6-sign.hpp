// A sign slipped in 1 - s.
  const Tensor s = sigmoid(in[0]);
  return {g * (s + in[0] * s * (1 + s))};
