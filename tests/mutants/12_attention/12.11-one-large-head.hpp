// Attends with all heads as one: the scores of different heads are added.
if (call.cache != nullptr) std::tie(p.k, p.v) = call.cache->append(p.k, p.v);
if (kv_heads() != heads_) return c_proj(join_heads(attend_in_groups(p.q, p.k, p.v, how)));
AttentionOptions one = how;
if (one.mask.defined() && one.mask.dim() == 4) one.mask = one.mask.select(1, 0);
return c_proj(scaled_dot_product_attention(join_heads(p.q), join_heads(p.k), join_heads(p.v), one));
