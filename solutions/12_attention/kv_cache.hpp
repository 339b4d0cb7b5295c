// 12_attention / kv_cache.hpp: class KVCache, what earlier tokens left for later ones.
//
// A causal model writes one token, then the next. The keys and values of the earlier ones are the
// same each time, since they do not see what comes later. Kept, they make a step of one token cost
// one token, not T.
//   KVCache cache(256);
//   const auto [keys, values] = cache.append(k, v);   k [B, H, t, d] -> keys [B, H, length, d]
#pragma once
#include <string>
#include <utility>

#include <tinytorch/autograd.hpp>

namespace tinytorch {

/// Memory for the keys and values of up to `capacity` tokens of one attention.
///
/// Goal        Generation: token T + 1 needs a product with T keys, but not the T keys once more.
/// Background  The memory is taken at the first append, when the shapes are known, and then only
///             filled: growing by cat would copy everything at every token.
/// Cost        2 * B * H * capacity * d numbers; an append copies what is new and nothing else
/// In PyTorch  Hugging Face transformers, cache_utils.py, StaticCache; vLLM's PagedAttention takes
///             memory by pages of 16 tokens instead of for the longest text that may come
class KVCache {
 public:
  explicit KVCache(Index capacity) : capacity_(capacity) {
    if (capacity < 1) {
      throw ValueError("KVCache: expects a capacity >= 1, got " + std::to_string(capacity));
    }
  }
  KVCache(KVCache&&) = default;
  KVCache& operator=(KVCache&&) = default;
  KVCache(const KVCache&) = delete;  // two caches that write to the same memory
  KVCache& operator=(const KVCache&) = delete;

  /// Writes k [B, H, t, d] and v [B, H, t, dv] behind what is there; returns views of all of it, [B,
  /// H, length, d] and [B, H, length, dv]. They show the cache's memory: the next append leaves what
  /// they show as it is, clear() and another append do not.
  std::pair<Tensor, Tensor> append(const Tensor& k, const Tensor& v) {
    check(k, v);
    if (length_ == 0) reserve(k, v);  // keys_ and values_, [B, H, capacity, d]
    // TODO(12.9): copy k and v to their places in keys_ and values_, move length_, return the views.
    // HINT: axis 2 counts tokens. slice is a view, and copy_ writes through it (02.12).
    // HINT: the views reach from the first token to the last that was written, not to the capacity.
    // BEGIN SOLUTION 12.9
    const Index end = length_ + k.size(2);
    keys_.slice(2, length_, end).copy_(k);
    values_.slice(2, length_, end).copy_(v);
    length_ = end;
    return {keys_.slice(2, 0, end), values_.slice(2, 0, end)};
    // END SOLUTION 12.9
  }

  Index length() const { return length_; }
  Index capacity() const { return capacity_; }

  /// Forgets the tokens and keeps the memory.
  void clear() { length_ = 0; }

  /// Bytes of memory taken: 0 before the first append.
  Index nbytes() const { return keys_.defined() ? keys_.nbytes() + values_.nbytes() : 0; }

 private:
  void check(const Tensor& k, const Tensor& v) const {
    if (grad_enabled()) {
      throw AutogradError("KVCache: expects NoGrad, got an append while a graph is recorded\n"
                          "  what is kept has no way back to what made it\n"
                          "  hint: { NoGrad no_grad; ... } around the generation of text");
    }
    if (k.dim() != 4 || v.dim() != 4 ||
        Shape(k.shape().begin(), k.shape().end() - 1) !=
            Shape(v.shape().begin(), v.shape().end() - 1)) {
      throw ShapeError("KVCache: expects k [B, H, t, d] and v [B, H, t, dv], got " +
                       to_string(k.shape()) + " and " + to_string(v.shape()));
    }
    if (length_ > 0 &&
        (k.shape() != as_kept(keys_, k.size(2)) || v.shape() != as_kept(values_, v.size(2)))) {
      throw ShapeError("KVCache: expects k and v as the first ones, " +
                       to_string(as_kept(keys_, k.size(2))) + " and " +
                       to_string(as_kept(values_, v.size(2))) + ", got " + to_string(k.shape()) +
                       " and " + to_string(v.shape()) + "\n  hint: clear() before another batch");
    }
    if (length_ + k.size(2) > capacity_) {
      throw ShapeError("KVCache: expects at most " + std::to_string(capacity_) + " tokens, got " +
                       std::to_string(k.size(2)) + " more after " + std::to_string(length_) +
                       "\n  hint: a larger capacity, or clear() and go on with fewer tokens");
    }
  }

  /// The shape of a kept tensor if it held `tokens`.
  static Shape as_kept(const Tensor& kept, Index tokens) {
    Shape shape = kept.shape();
    shape[2] = tokens;
    return shape;
  }

  void reserve(const Tensor& k, const Tensor& v) {
    const Shape for_keys = as_kept(k, capacity_), for_values = as_kept(v, capacity_);
    if (!keys_.defined() || keys_.shape() != for_keys) keys_ = zeros(for_keys);
    if (!values_.defined() || values_.shape() != for_values) values_ = zeros(for_values);
  }

  Index capacity_;
  Index length_ = 0;
  Tensor keys_, values_;  // [B, H, capacity, d], [B, H, capacity, dv]
};

}  // namespace tinytorch
