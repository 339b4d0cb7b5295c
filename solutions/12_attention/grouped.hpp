// 12_attention / grouped.hpp: several heads share keys and values. A stretch blank.
//
// The cache of a long text is larger than the model. If G = H / K heads read the same keys and
// values, it is G times smaller, and the answers are nearly as good.
// Ainslie et al. 2023, GQA, arXiv:2305.13245; with one key head: Shazeer 2019, arXiv:1911.02150.
#pragma once
#include <string>

#include <tinytorch/attention/heads.hpp>

namespace tinytorch {

/// Attention of H heads that share K keys and values: q [B, H, T, d], k [B, K, S, d], v [B, K, S,
/// dv] -> [B, H, T, dv]. Head h reads key h / (H / K).
///
/// Background  The heads become two axes, [B, K, G, T, d], and the keys get one of size 1, [B, K, 1,
///             S, d]: broadcasting repeats them without a copy. A mask with an axis of heads must be
///             split in the same way, or B would meet K.
/// Examples    H = 4, K = 2: heads 0 and 1 read key 0, heads 2 and 3 read key 1
/// Cost        the operations of H heads; the keys and values of K
/// In PyTorch  scaled_dot_product_attention(enable_gqa = True); Llama's repeat_kv copies instead
inline Tensor attend_in_groups(const Tensor& q, const Tensor& k, const Tensor& v,
                               AttentionOptions options = {}) {
  if (q.dim() != 4 || k.dim() != 4 || v.dim() != 4 || k.size(1) < 1 || q.size(1) % k.size(1) != 0 ||
      v.size(1) != k.size(1)) {
    throw ShapeError("attend_in_groups: expects q [B, H, T, d], k [B, K, S, d], v [B, K, S, dv], "
                     "where K divides H, got " +
                     to_string(q.shape()) + ", " + to_string(k.shape()) + ", " +
                     to_string(v.shape()));
  }
  if (q.size(1) == k.size(1)) return scaled_dot_product_attention(q, k, v, options);
  const Index kv_heads = k.size(1), group = q.size(1) / kv_heads;
  Tensor* weights = options.weights;
  if (options.mask.defined() && options.mask.dim() > 2) {
    Shape shape = options.mask.shape();  // [.., H or 1, T, S]
    const std::size_t axis = shape.size() - 3;
    const bool one_for_all = shape[axis] == 1;
    if (!one_for_all && shape[axis] != q.size(1)) {
      throw ShapeError("attend_in_groups: expects a mask [B, " + std::to_string(q.size(1)) +
                       ", T, S] or [B, 1, 1, S], got " + to_string(options.mask.shape()));
    }
    shape[axis] = one_for_all ? 1 : group;
    shape.insert(axis, one_for_all ? 1 : kv_heads);
    options.mask = options.mask.reshape(shape);
  }
  // TODO(12.12): view q as [B, K, G, T, d], give k and v an axis of size 1 for G, attend, and make
  // one axis of the heads again, in the result and in *weights if somebody asks for it.
  // HINT: splitting an axis is always a view, as in 12.7; flatten would join T and d as well, so use
  // HINT: reshape.
  // BEGIN SOLUTION 12.12
  const Index batch = q.size(0), T = q.size(2);
  const Tensor grouped = q.view({batch, kv_heads, group, T, q.size(3)});
  const Tensor found =
      scaled_dot_product_attention(grouped, k.unsqueeze(2), v.unsqueeze(2), options);
  if (weights != nullptr) *weights = weights->reshape({batch, q.size(1), T, k.size(2)});
  return found.reshape({batch, q.size(1), T, v.size(3)});
  // END SOLUTION 12.12
}

}  // namespace tinytorch
