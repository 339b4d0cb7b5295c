// Right numbers by three products of which two thirds are thrown away.
return {split_heads(c_attn(x).slice(-1, 0, q_end), heads_),
        split_heads(c_attn(x).slice(-1, q_end, k_end), kv_heads()),
        split_heads(c_attn(x).slice(-1, k_end, k_end + k_end - q_end), kv_heads())};
