// Leaves the weights with two axes of heads.
const Index batch = q.size(0), T = q.size(2);
(void)weights;
const Tensor grouped = q.view({batch, kv_heads, group, T, q.size(3)});
return scaled_dot_product_attention(grouped, k.unsqueeze(2), v.unsqueeze(2), options)
    .reshape({batch, q.size(1), T, v.size(3)});
