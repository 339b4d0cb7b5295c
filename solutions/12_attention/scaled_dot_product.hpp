// 12_attention / scaled_dot_product.hpp: a look-up that is soft enough to be learned.
//
//   scaled_dot_product_attention(q, k, v, {.causal = true})
// A dictionary compares a key with every entry and hands out the value of the one that is equal. Here
// a query is compared with every key by a product, softmax makes shares of the results, and what is
// handed out is the mean of the values in these shares. All of it has a gradient.
// Vaswani et al. 2017, Attention Is All You Need, arXiv:1706.03762, section 3.2.1.
#pragma once
#include <algorithm>
#include <cmath>
#include <string>

#include <tinytorch/attention/masks.hpp>

namespace tinytorch {

struct AttentionOptions {
  Tensor mask = Tensor();     // added to the scores; broadcasts to [*, T, S]
  bool causal = false;        // query t sees the first visible_keys(t, T, S) keys
  double dropout = 0.0;       // the share of weights that is set to 0
  Rng* rng = nullptr;         // draws them
  Tensor* weights = nullptr;  // receives the weights, [*, T, S], before dropout
};

/// softmax over the last axis, where a row that may see nothing gets zeros.
///
/// Goal        Scores to shares, with the future left out and no NaN.
/// Background  A row of which every score is -inf has nothing to choose from: 0 / 0. Such rows are
///             real: padding in front of a causal sequence makes them. One NaN in one of them
///             reaches every weight of a network within a step, so here the row is 0, and so is its
///             gradient.
/// Examples    [0, 0, -inf] -> [0.5, 0.5, 0];  [-inf, -inf] -> [0, 0]
///             causal, [[1, 9], [1, 1]] -> [[1, 0], [0.5, 0.5]]: the 9 is never read
/// Cost        as softmax (04); a causal row computes only the exp of what it sees, half on average
/// In PyTorch  aten/src/ATen/native/transformers/attention.cpp, _safe_softmax: 0 as here since 2.5,
///             NaN before
struct MaskedSoftmax : Primitive {
  bool causal;
  explicit MaskedSoftmax(bool hide_the_future) : causal(hide_the_future) {}

  const char* name() const override { return "masked_softmax"; }
  Saves saves() const override { return {.inputs = false, .output = true}; }
  Index flops(Inputs in, const Tensor&) const override { return 5 * in[0].numel(); }
  Tensor forward(Inputs in) const override {
    const Tensor scores = in[0].contiguous();  // [*, T, S]
    const Tensor weights = empty(scores.shape());
    const Index T = scores.size(-2), S = scores.size(-1);
    const Index rows = S == 0 ? 0 : scores.numel() / S;
    for (Index row = 0; row < rows; ++row) {
      const real* from = scores.data() + row * S;
      real* to = weights.data() + row * S;
      const Index seen = causal ? visible_keys(row % T, T, S) : S;
      // TODO(12.4): softmax of the first `seen` scores, as in 04.11; 0 for the others; zeros if all
      // that is seen is -inf, or nothing is.
      // HINT: detail::largest({from, 1, seen}) is -inf exactly then, or if only NaN are left. What
      // HINT: may be taken away instead, so that exp gives 0 for -inf and NaN for NaN?
      // HINT: the sum of exp is 0 only if there was nothing to see.
      // BEGIN SOLUTION 12.4
      const real top = detail::largest({from, 1, seen});
      const real shift = top == detail::minus_infinity ? 0 : top;
      for_each_number(seen, [=](Index s) { to[s] = fast::exp(from[s] - shift); });
      const double total = sum_in_lanes(seen, [=](Index s) { return to[s]; });
      const real whole = total == 0 ? 1 : static_cast<real>(total);
      for_each_number(seen, [=](Index s) { to[s] /= whole; });
      std::fill_n(to + seen, S - seen, real(0));
      // END SOLUTION 12.4
    }
    return weights;
  }
};

/// The rule of softmax. Where a weight is 0, so is the gradient of its score; a row of zeros gets
/// zeros.
inline Grads vjp(const MaskedSoftmax&, Inputs in, const Tensor& out, const Tensor& g) {
  return vjp(SoftmaxOp(out.shape().size() - 1), in, out, g);
}

namespace detail {

inline const bool masked_softmax_rule_defined = define_rules<MaskedSoftmax>();

/// The shape of the scores, [*, T, S], after everything about q, k and the mask was checked.
inline Shape score_shape(const Tensor& q, const Tensor& k, const Tensor& mask, const char* who) {
  if (q.dim() < 2 || k.dim() < 2 || q.size(-1) != k.size(-1)) {
    throw ShapeError(std::string(who) + ": expects queries [*, T, d] and keys [*, S, d], got " +
                     to_string(q.shape()) + " and " + to_string(k.shape()));
  }
  Shape shape = broadcast_shapes(Shape(q.shape().begin(), q.shape().end() - 2),
                                 Shape(k.shape().begin(), k.shape().end() - 2),
                                 (std::string(who) + " (leading axes)").c_str());
  shape.push_back(q.size(-2));
  shape.push_back(k.size(-2));
  if (mask.defined()) {
    const std::string wanted = std::string(who) +
                               ": expects a mask that broadcasts to the scores " +
                               to_string(shape) + ", got " + to_string(mask.shape());
    bool fits = mask.shape().size() <= shape.size();
    for (std::size_t back = 1; fits && back <= mask.shape().size(); ++back) {
      const Index size = mask.shape()[mask.shape().size() - back];
      fits = size == 1 || size == shape[shape.size() - back];
    }
    if (!fits) throw ShapeError(wanted + "\n  hint: [T, S] for all, [B, 1, 1, S] by sequence");
  }
  return shape;
}

/// Each weight 0 with the probability options.dropout, and the others larger to make up for it.
inline Tensor drop_weights(const Tensor& weights, const AttentionOptions& options) {
  if (options.dropout == 0) return weights;
  const real keep = static_cast<real>(1 / (1 - options.dropout));
  const Tensor kept = empty(weights.shape());
  std::generate_n(kept.data(), kept.numel(), [&] {
    return static_cast<double>(options.rng->uniform()) < options.dropout ? 0 : keep;
  });
  return weights * kept;
}

}  // namespace detail

inline Tensor masked_softmax(const Tensor& scores, bool causal = false) {
  if (scores.dim() < 2) {
    throw ShapeError("masked_softmax: expects scores [*, T, S], got " + to_string(scores.shape()));
  }
  return apply(MaskedSoftmax(causal), {scores});
}

/// In which shares each query looks at the keys: q [*, T, d], k [*, S, d] -> [*, T, S].
///
/// Goal        The picture of attention: row t says where token t looks. A row adds up to 1.
/// Background  A score is the product of a query and a key. If their numbers have variance 1, the sum
///             of d products has variance d: at d = 64 scores of +-8, of which softmax makes almost 0
///             and 1, where its gradient is almost 0. Divided by sqrt(d) they have variance 1 again.
/// Examples    q [[2, 0]], k [[1, 0], [0, 1]]: scores [2, 0] / sqrt(2) -> [0.8044, 0.1956]
/// Cost        2 * T * S * d operations, T * S numbers. The T * d queries are scaled, not the T * S
///             scores.
inline Tensor attention_weights(const Tensor& q, const Tensor& k,
                                const AttentionOptions& options = {}) {
  (void)detail::score_shape(q, k, options.mask, "attention_weights");
  // TODO(12.5): the scores of scaled queries, plus the mask if there is one, then masked_softmax.
  // HINT: every query meets every key: q times the transposed k. transpose(-1, -2) is a view.
  // HINT: a tensor times a real; q.size(-1) is d.
  // BEGIN SOLUTION 12.5
  const real scale = static_cast<real>(1 / std::sqrt(static_cast<double>(q.size(-1))));
  const Tensor scores = matmul(q * scale, k.transpose(-1, -2));  // [*, T, S]
  if (!options.mask.defined()) return masked_softmax(scores, options.causal);
  return masked_softmax(scores + options.mask, options.causal);
  // END SOLUTION 12.5
}

/// What the queries find: for each the mean of the values, weighted by attention_weights.
///
/// Examples    q [*, T, d], k [*, S, d], v [*, S, dv] -> [*, T, dv]; all keys equal: the plain mean
/// Cost        2 * T * S * (d + dv) operations; keeps q, k, v and the T * S weights until backward
/// In PyTorch  torch.nn.functional.scaled_dot_product_attention (since 2.0);
///             aten/src/ATen/native/transformers/attention.cpp
inline Tensor scaled_dot_product_attention(const Tensor& q, const Tensor& k, const Tensor& v,
                                           const AttentionOptions& options = {}) {
  const char* who = "scaled_dot_product_attention";
  (void)detail::score_shape(q, k, options.mask, who);
  if (v.dim() < 2 || v.size(-2) != k.size(-2)) {
    throw ShapeError(std::string(who) + ": expects a value for each key, [*, " +
                     std::to_string(k.size(-2)) + ", dv], got " + to_string(v.shape()));
  }
  if (!(options.dropout >= 0 && options.dropout < 1) ||
      (options.dropout > 0 && options.rng == nullptr)) {
    throw ValueError(std::string(who) + ": expects dropout in [0, 1) and an rng to draw it, got " +
                     std::to_string(options.dropout) + (options.rng ? "" : " and no rng"));
  }
  // TODO(12.6): the weights; a copy of the handle to *options.weights if somebody asks for it; then
  // the mean of the values.
  // HINT: detail::drop_weights(weights, options) comes between the two.
  // BEGIN SOLUTION 12.6
  const Tensor weights = attention_weights(q, k, options);  // [*, T, S]
  if (options.weights != nullptr) *options.weights = weights;
  return matmul(detail::drop_weights(weights, options), v);  // [*, T, dv]
  // END SOLUTION 12.6
}

}  // namespace tinytorch
