// Forgets c_proj: the heads stay side by side.
if (call.cache != nullptr) std::tie(p.k, p.v) = call.cache->append(p.k, p.v);
return join_heads(attend_in_groups(p.q, p.k, p.v, how));
