// shrinks after the step, and so the step with it
detail::adam_rule(o, 0, p);
const real keep = static_cast<real>(1 - o.lr * o.weight_decay);
for (Index i = 0; i < p.count; ++i) p.value[i] *= keep;
