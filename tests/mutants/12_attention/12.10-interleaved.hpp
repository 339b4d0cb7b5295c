// Takes every third number, as if q, k and v were interleaved.
const Tensor all = c_attn(x);
if (kv_heads() != heads_) {
  return {split_heads(all.slice(-1, 0, q_end), heads_),
          split_heads(all.slice(-1, q_end, k_end), kv_heads()),
          split_heads(all.slice(-1, k_end, all.size(-1)), kv_heads())};
}
const Index end = all.size(-1);
return {split_heads(all.slice(-1, 0, end, 3).contiguous(), heads_),
        split_heads(all.slice(-1, 1, end, 3).contiguous(), heads_),
        split_heads(all.slice(-1, 2, end, 3).contiguous(), heads_)};
