// every block is the first one
    const Tensor tokens = transformer.wte(ids);
    Tensor x = transformer.dropout(transformer.wpe(tokens, past));
    for (Index i = 0; i < config.n_layer; ++i) x = block(0, x);
    return lm_head(transformer.ln_f(x));
