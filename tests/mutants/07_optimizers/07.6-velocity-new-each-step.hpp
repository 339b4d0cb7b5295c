// makes the velocity anew in each step, so it never remembers anything
(void)first;
(void)share;
for (Index i = 0; i < p.count; ++i) {
  const real g = p.grad[i] + decay * p.value[i];
  v[i] = g;
  p.value[i] -= lr * (o.nesterov ? g + momentum * v[i] : v[i]);
}
