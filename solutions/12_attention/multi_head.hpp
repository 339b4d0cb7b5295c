// 12_attention / multi_head.hpp: class MultiHeadAttention, tokens that exchange what they know.
#pragma once
#include <memory>
#include <string>
#include <tuple>

#include <tinytorch/attention/grouped.hpp>
#include <tinytorch/attention/kv_cache.hpp>
#include <tinytorch/embeddings.hpp>

namespace tinytorch {

struct MultiHeadAttentionOptions {
  bool causal = false;   // no token sees a later one
  bool bias = true;      // of both projections
  double dropout = 0.0;  // of the weights, while training
  Index kv_heads = 0;    // heads of keys and values; 0: as many as heads
  bool rope = false;     // turn queries and keys by their positions (11_embeddings)
  double rope_base = 10000;
};

/// What one call may bring along.
struct AttendOptions {
  Tensor mask = Tensor();     // added to the scores [B, H, T, S]
  KVCache* cache = nullptr;   // x continues what is kept there
  Tensor* weights = nullptr;  // receives the weights, [B, H, T, S]: for pictures
};

/// Self-attention: x [B, T, C] asks, is asked, and answers.
///
/// Goal        The one place in a transformer where tokens meet. Everything else treats each alone.
/// Background  Queries, keys and values are three projections of x, made by one matrix: one large
///             product is faster than three. c_proj mixes what the heads found. c_attn and c_proj
///             are GPT-2's names, so that its checkpoints fit.
/// Cost        8 B T C^2 operations for the projections, 4 B T^2 C for attention: the second is the
///             larger part once T > 2 C
/// In PyTorch  torch/nn/modules/activation.py, MultiheadAttention (in_proj_weight, out_proj)
class MultiHeadAttention : public Module {
 public:
  using Options = MultiHeadAttentionOptions;

  MultiHeadAttention(Index dim, Index heads, Rng& rng, Options options = {})
      : options_(checked(dim, heads, options)),
        dim_(dim),
        heads_(heads),
        c_attn(child("c_attn", Linear(dim, (heads + 2 * options_.kv_heads) * head_dim(), rng,
                                      {.bias = options.bias}))),
        c_proj(child("c_proj", Linear(dim, dim, rng, {.bias = options.bias}))),
        rng_(options.dropout > 0 ? generator("rng", rng) : nullptr) {}

  Tensor forward(const Tensor& x) const override { return attend(x); }
  /// With a mask that is added to the scores [B, H, T, T], such as padding_mask.
  Tensor forward(const Tensor& x, const Tensor& mask) const { return attend(x, {.mask = mask}); }
  /// x continues the text whose keys and values are in the cache, and joins them.
  Tensor forward(const Tensor& x, KVCache& cache) const { return attend(x, {.cache = &cache}); }

  using Module::operator();
  Tensor operator()(const Tensor& x, const Tensor& mask) const { return forward(x, mask); }
  Tensor operator()(const Tensor& x, KVCache& cache) const { return forward(x, cache); }

  struct Projected {
    Tensor q;     // [B, H, T, d]
    Tensor k, v;  // [B, kv_heads, T, d]
  };

  /// Queries, keys and values of x [B, T, C], split into heads.
  ///
  /// Background  The last axis of c_attn(x) holds H * d numbers of queries, then kv_heads * d of
  ///             keys, then as many of values.
  /// Cost        one product, one bias; the rest are views of its result
  Projected project(const Tensor& x) const {
    const Index q_end = heads_ * head_dim(), k_end = q_end + kv_heads() * head_dim();
    // TODO(12.10): project, slice, split.
    // HINT: c_attn(x) once; slice(-1, start, stop) is a view; queries have heads_ heads, keys and
    // HINT: values kv_heads().
    // BEGIN SOLUTION 12.10
    const Tensor all = c_attn(x);  // [B, T, (H + 2 kv_heads) * d]
    return {split_heads(all.slice(-1, 0, q_end), heads_),
            split_heads(all.slice(-1, q_end, k_end), kv_heads()),
            split_heads(all.slice(-1, k_end, all.size(-1)), kv_heads())};
    // END SOLUTION 12.10
  }

  /// The layer itself; the overloads of forward are names for it.
  Tensor attend(const Tensor& x, const AttendOptions& call = {}) const {
    check(x, call);
    const AttentionOptions how{.mask = call.mask,
                               .causal = options_.causal,
                               .dropout = is_training() ? options_.dropout : 0,
                               .rng = rng_.get(),
                               .weights = call.weights};
    Projected p = project(x);
    if (options_.rope) {
      const RopeOptions turn{.base = options_.rope_base,
                             .offset = call.cache != nullptr ? call.cache->length() : 0};
      p.q = apply_rope(p.q, turn);
      p.k = apply_rope(p.k, turn);
    }
    // TODO(12.11): with a cache, p.k and p.v become all keys and values so far; then attend as `how`
    // says, join the heads, and mix them with c_proj.
    // HINT: append returns a pair: std::tie(p.k, p.v) = ...
    // HINT: attend_in_groups(q, k, v, how) is plain attention where no keys are shared.
    // BEGIN SOLUTION 12.11
    if (call.cache != nullptr) std::tie(p.k, p.v) = call.cache->append(p.k, p.v);
    const Tensor found = attend_in_groups(p.q, p.k, p.v, how);  // [B, H, T, d]
    return c_proj(join_heads(found));
    // END SOLUTION 12.11
  }

  Index heads() const { return heads_; }
  Index kv_heads() const { return options_.kv_heads; }
  Index head_dim() const { return dim_ / heads_; }

 private:
  static Options checked(Index dim, Index heads, Options options) {
    const auto refuse = [](const std::string& wanted, Index got) {
      throw ValueError("MultiHeadAttention: expects " + wanted + ", got " + std::to_string(got));
    };
    if (heads < 1) refuse("at least one head", heads);
    if (dim < 1 || dim % heads != 0) {
      refuse("a dim that " + std::to_string(heads) + " heads can share equally", dim);
    }
    if (options.kv_heads == 0) options.kv_heads = heads;
    if (options.kv_heads < 1 || heads % options.kv_heads != 0) {
      refuse("kv_heads that divides " + std::to_string(heads) + " heads", options.kv_heads);
    }
    if (options.rope && dim / heads % 2 != 0) {
      refuse("an even number of numbers a head for rope", dim / heads);
    }
    if (!(options.dropout >= 0 && options.dropout < 1)) {
      throw ValueError("MultiHeadAttention: expects dropout in [0, 1), got " +
                       std::to_string(options.dropout));
    }
    return options;
  }

  void check(const Tensor& x, const AttendOptions& call) const {
    if (x.dim() != 3 || x.size(2) != dim_) {
      throw ShapeError("MultiHeadAttention: expects [B, T, " + std::to_string(dim_) + "], got " +
                       tinytorch::to_string(x.shape()));
    }
    if (call.cache != nullptr && !options_.causal) {
      throw ValueError("MultiHeadAttention: expects causal attention for a KVCache, got one that "
                       "sees the future\n"
                       "  an earlier token would have to be computed anew for each later one\n"
                       "  hint: {.causal = true}");
    }
  }

  const Options options_;  // with kv_heads filled in
  const Index dim_, heads_;

 public:
  const Linear c_attn;  // C -> (heads + 2 kv_heads) * d
  const Linear c_proj;  // C -> C

 private:
  const std::shared_ptr<Rng> rng_;
};

}  // namespace tinytorch
