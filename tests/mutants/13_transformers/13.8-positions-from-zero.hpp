// a piece that follows others gets positions from 0 on
    const Tensor tokens = transformer.wte(ids);
    Tensor x = transformer.dropout(transformer.wpe(tokens, 0 * past));
    for (Index i = 0; i < config.n_layer; ++i) x = block(i, x);
    return lm_head(transformer.ln_f(x));
