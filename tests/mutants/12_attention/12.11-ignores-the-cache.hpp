// Appends to the cache and attends to the new tokens only.
if (call.cache != nullptr) (void)call.cache->append(p.k, p.v);
return c_proj(join_heads(attend_in_groups(p.q, p.k, p.v, how)));
