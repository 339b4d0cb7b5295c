// the order of the tokens is not told
    const Tensor tokens = transformer.wte(ids);
    Tensor x = transformer.dropout(tokens + real(0) * static_cast<real>(past));
    for (Index i = 0; i < config.n_layer; ++i) x = block(i, x);
    return lm_head(transformer.ln_f(x));
