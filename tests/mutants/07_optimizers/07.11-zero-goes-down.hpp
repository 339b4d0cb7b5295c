// has only two signs: a c of 0 moves, too
for (Index i = 0; i < p.count; ++i) {
  const real c = b1 * m[i] + share1 * p.grad[i];
  const real sign = c >= 0 ? real(1) : real(-1);
  p.value[i] -= lr * (sign + decay * p.value[i]);
  m[i] = b2 * m[i] + share2 * p.grad[i];
}
