// uses one average for both, as momentum does
(void)b2;
(void)share2;
for (Index i = 0; i < p.count; ++i) {
  m[i] = b1 * m[i] + share1 * p.grad[i];
  const real sign = static_cast<real>((m[i] > 0) - (m[i] < 0));
  p.value[i] -= lr * (sign + decay * p.value[i]);
}
