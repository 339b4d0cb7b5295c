// Attends without mask, causal and dropout.
if (call.cache != nullptr) std::tie(p.k, p.v) = call.cache->append(p.k, p.v);
if (call.weights == nullptr) return c_proj(join_heads(attend_in_groups(p.q, p.k, p.v)));
return c_proj(join_heads(attend_in_groups(p.q, p.k, p.v, how)));
