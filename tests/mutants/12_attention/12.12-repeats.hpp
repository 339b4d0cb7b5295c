// Right numbers with a copy of the keys for each head, and masks as they came.
const Index batch = q.size(0), S = k.size(2);
const Tensor all_k = k.unsqueeze(2)
                         .expand({batch, kv_heads, group, S, k.size(3)})
                         .reshape({batch, q.size(1), S, k.size(3)});
const Tensor all_v = v.unsqueeze(2)
                         .expand({batch, kv_heads, group, S, v.size(3)})
                         .reshape({batch, q.size(1), S, v.size(3)});
if (options.mask.defined() && options.mask.dim() == 5)
  options.mask =
      options.mask.reshape({options.mask.size(0), options.mask.size(1) * options.mask.size(2),
                            options.mask.size(3), options.mask.size(4)});
if (options.mask.defined() && options.mask.dim() == 4 && options.mask.size(0) == kv_heads)
  options.mask = options.mask.reshape({q.size(1), options.mask.size(2), options.mask.size(3)});
(void)weights;
return scaled_dot_product_attention(q, all_k, all_v, options);
