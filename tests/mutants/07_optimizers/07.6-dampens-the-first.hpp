// applies dampening to the first velocity as well
(void)first;
for (Index i = 0; i < p.count; ++i) {
  const real g = p.grad[i] + decay * p.value[i];
  v[i] = momentum * v[i] + share * g;
  p.value[i] -= lr * (o.nesterov ? g + momentum * v[i] : v[i]);
}
