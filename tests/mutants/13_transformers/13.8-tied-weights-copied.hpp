// the table is copied for the output, so that half of its gradient is lost
    const Tensor tokens = transformer.wte(ids);
    Tensor x = transformer.dropout(transformer.wpe(tokens, past));
    for (Index i = 0; i < config.n_layer; ++i) x = block(i, x);
    const Tensor table = lm_head.weight.detach().clone();
    return matmul(transformer.ln_f(x), table.transpose(0, 1));
