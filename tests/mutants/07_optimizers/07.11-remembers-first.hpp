// changes the memory before it looks at it
for (Index i = 0; i < p.count; ++i) {
  m[i] = b2 * m[i] + share2 * p.grad[i];
  const real c = b1 * m[i] + share1 * p.grad[i];
  const real sign = static_cast<real>((c > 0) - (c < 0));
  p.value[i] -= lr * (sign + decay * p.value[i]);
}
