// shrinks by weight_decay itself instead of lr times weight_decay
for (Index i = 0; i < p.count; ++i) p.value[i] -= lr * p.grad[i] + decay * p.value[i];
