// looks ahead by the velocity of the step before
for (Index i = 0; i < p.count; ++i) {
  const real g = p.grad[i] + decay * p.value[i], old = v[i];
  v[i] = first ? g : momentum * v[i] + share * g;
  p.value[i] -= lr * (o.nesterov ? g + momentum * old : v[i]);
}
