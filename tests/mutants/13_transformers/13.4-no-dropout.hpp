// forgets the dropout
    return c_proj(gelu(c_fc(x), {.tanh_approximation = true}));
