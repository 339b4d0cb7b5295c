// adds the input: that is the block's business
    return x + dropout(c_proj(gelu(c_fc(x), {.tanh_approximation = true})));
