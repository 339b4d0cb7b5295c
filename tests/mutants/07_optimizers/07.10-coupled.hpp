// puts the decay into the gradient, as Adam does
detail::adam_rule(o, static_cast<real>(o.weight_decay), p);
