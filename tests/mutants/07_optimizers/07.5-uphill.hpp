// steps along the gradient instead of against it
for (Index i = 0; i < p.count; ++i) p.value[i] += lr * (p.grad[i] - decay * p.value[i]);
