// averages the square of the first average instead of that of the gradient
const real pace = static_cast<real>(o.lr / bias_correction(o.betas[0], step));
const real root = static_cast<real>(std::sqrt(bias_correction(o.betas[1], step)));
for (Index i = 0; i < p.count; ++i) {
  const real g = p.grad[i] + l2 * p.value[i];
  m[i] = b1 * m[i] + share1 * g;
  v[i] = b2 * v[i] + share2 * m[i] * m[i];
  p.value[i] -= pace * m[i] / (std::sqrt(v[i]) / root + eps);
}
