// the last norm is forgotten
    const Tensor tokens = transformer.wte(ids);
    Tensor x = transformer.dropout(transformer.wpe(tokens, past));
    for (Index i = 0; i < config.n_layer; ++i) x = block(i, x);
    return lm_head(x);
