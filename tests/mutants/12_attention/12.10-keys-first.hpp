// Takes keys for queries and queries for keys.
const Tensor all = c_attn(x);
return {split_heads(all.slice(-1, q_end, k_end), kv_heads()),
        split_heads(all.slice(-1, 0, q_end), heads_),
        split_heads(all.slice(-1, k_end, all.size(-1)), kv_heads())};
