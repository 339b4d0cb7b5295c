// Head h reads key h mod K instead of h div G.
const Index batch = q.size(0), T = q.size(2);
const Tensor grouped = q.view({batch, group, kv_heads, T, q.size(3)});
const Tensor found = scaled_dot_product_attention(grouped, k.unsqueeze(1), v.unsqueeze(1), options);
if (weights != nullptr) *weights = weights->reshape({batch, q.size(1), T, k.size(2)});
return found.reshape({batch, q.size(1), T, v.size(3)});
