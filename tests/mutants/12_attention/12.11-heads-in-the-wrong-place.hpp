// Joins without moving the heads back.
if (call.cache != nullptr) std::tie(p.k, p.v) = call.cache->append(p.k, p.v);
const Tensor found = attend_in_groups(p.q, p.k, p.v, how);
return c_proj(found.reshape({x.size(0), x.size(1), x.size(2)}));
