// has the sign of the decay wrong: weights grow
const real keep = static_cast<real>(1 + o.lr * o.weight_decay);
for (Index i = 0; i < p.count; ++i) p.value[i] *= keep;
detail::adam_rule(o, 0, p);
