// Observations of module 12: who looks where, and what is found there.
#include <tinytorch/attention.hpp>

#include "models.hpp"
#include "observe.hpp"
#include "tensors.hpp"

using namespace tinytorch;
using observe::any_tensor;
using observe::bytes_made;
using observe::learned;
using observe::random_tensor;
using observe::see;
using observe::see_error;
using observe::see_with_gradients;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

/// Numbers, some of them -inf.
Tensor with_holes(observe::Case& c, const Shape& shape, double low = -2, double high = 2) {
  std::vector<double> values(observe::count_of(shape));
  for (double& value : values) value = c.whole(0, 3) == 0 ? -infinity : c.number(low, high);
  return observe::tensor_of(values, shape);
}

/// Queries [B, H, T, d], keys [B, H, S, d] and values [B, H, S, dv], all to be learned.
struct Heads {
  Tensor q, k, v;
};

Heads heads(observe::Case& c, Index query_heads, Index key_heads) {
  const Index B = c.whole(1, 2), T = c.whole(1, 4), S = c.whole(1, 5), d = c.whole(1, 4);
  return {learned(any_tensor(c, {B, query_heads, T, d})),
          learned(any_tensor(c, {B, key_heads, S, d})),
          learned(any_tensor(c, {B, key_heads, S, c.whole(1, 3)}))};
}
Heads heads(observe::Case& c) {
  const Index count = c.whole(1, 3);
  return heads(c, count, count);
}

/// No mask, or one for all, for each sequence, or for each head.
Tensor any_mask(observe::Case& c, const Heads& h) {
  const Index B = h.q.size(0), H = h.q.size(1), T = h.q.size(2), S = h.k.size(2);
  switch (c.whole(0, 3)) {
    case 0: return Tensor();
    case 1: return with_holes(c, {T, S});
    case 2: return with_holes(c, {B, 1, 1, S});
    default: return with_holes(c, {B, H, T, S});
  }
}

/// An attention with random weights. Heads 1 to 4, and perhaps keys that several of them share.
struct Layer {
  Index heads, dim;
  MultiHeadAttention attention;
};

Layer layer(observe::Case& c, bool causal, double dropout = 0, bool rope = false) {
  const Index kv_heads = c.whole(1, 2), count = kv_heads * c.whole(1, 2);
  const Index dim = count * (rope ? 2 : c.whole(1, 3));
  Rng rng(c.bits());
  const MultiHeadAttention attention(
      dim, count, rng,
      {.causal = causal, .bias = c.coin(), .dropout = dropout, .kv_heads = kv_heads, .rope = rope});
  observe::randomize(c, attention);
  return {count, dim, attention};
}

}  // namespace

OBSERVE("12.1", "visible_keys of every query") {
  const Index T = c.whole(1, 6), S = c.whole(0, 8);
  for (Index t = 0; t < T; ++t) see(c, visible_keys(t, T, S));
}

OBSERVE("12.2", "causal_mask of any lengths") { see(c, causal_mask(c.whole(1, 6), c.whole(0, 7))); }

OBSERVE("12.3", "padding_mask, and lengths that cannot be") {
  const Index S = c.whole(1, 5);
  const IndexTensor lengths = c.labels({c.whole(1, 4)}, 0, S);
  see(c, padding_mask(lengths, S));
  const Index bad = c.coin() ? S + c.whole(1, 3) : -c.whole(1, 3);
  see_error(c, [&] { (void)padding_mask(index_tensor({S, bad}, {2}), S); });
}

OBSERVE("12.4", "masked_softmax: holes, rows of nothing, large scores") {
  const Index T = c.whole(1, 4), S = c.whole(1, 5);
  const double size = c.coin() ? 2 : 300;
  const Tensor scores = with_holes(c, {c.whole(1, 2), T, S}, -size, size);
  if (c.repetition() < 4) std::fill_n(scores.data(), S, static_cast<real>(-infinity));
  const Tensor x = learned(c.coin() ? observe::hidden_in_view(c, scores) : scores);
  see_with_gradients(c, masked_softmax(x), {x});
  see(c, masked_softmax(x, true));
}

OBSERVE("12.4", "masked_softmax: NaN that is seen, and NaN that is not") {
  const Index T = c.whole(2, 4), S = T + c.whole(0, 1);
  const Tensor scores = random_tensor(c, {1, T, S});
  scores.data()[c.whole(0, T * S - 1)] = std::numeric_limits<real>::quiet_NaN();
  see(c, masked_softmax(scores, true));
  std::fill_n(scores.data(), S, std::numeric_limits<real>::quiet_NaN());
  see(c, masked_softmax(scores, c.coin()));
}

OBSERVE("12.5", "attention_weights with any mask, and their gradients") {
  const Heads h = heads(c);
  const AttentionOptions how{.mask = any_mask(c, h), .causal = c.coin()};
  see_with_gradients(c, attention_weights(h.q, h.k, how), {h.q, h.k});
}

OBSERVE("12.5", "FLOPs of attention_weights") {
  const Heads h = heads(c);
  const FlopCounter counter;
  (void)attention_weights(h.q, h.k, {.mask = any_mask(c, h)});
  see(c, counter.total());
}

OBSERVE("12.6", "scaled_dot_product_attention and its gradients") {
  const Heads h = heads(c);
  const AttentionOptions how{.mask = any_mask(c, h), .causal = c.coin()};
  see_with_gradients(c, scaled_dot_product_attention(h.q, h.k, h.v, how), {h.q, h.k, h.v});
}

OBSERVE("12.6", "scaled_dot_product_attention with dropout, and the weights it shows") {
  const Heads h = heads(c);
  Rng rng(c.bits());
  Tensor weights;
  see(c,
      scaled_dot_product_attention(
          h.q, h.k, h.v, {.causal = c.coin(), .dropout = 0.4, .rng = &rng, .weights = &weights}));
  see(c, weights);
}

OBSERVE("12.7", "split_heads: a view of a part of a wider tensor") {
  const Index heads = c.whole(1, 4), size = heads * c.whole(1, 3), skipped = c.whole(0, 2);
  const Tensor wide = random_tensor(c, {c.whole(1, 3), c.whole(1, 4), size + 2});
  const Tensor split = split_heads(wide.slice(2, skipped, skipped + size), heads);
  see(c, split);
  see(c, split.shares_storage_with(wide));
}

OBSERVE("12.8", "join_heads of any heads, and how much is copied") {
  const Shape shape = {c.whole(1, 3), c.whole(2, 4), c.whole(2, 4), c.whole(1, 3)};
  see(c, join_heads(any_tensor(c, shape)));
  const Tensor x = random_tensor(c, shape);
  see(c, bytes_made([&] { (void)join_heads(x); }));
}

OBSERVE("12.9", "KVCache: what is kept after each piece, and what a piece costs") {
  const NoGrad no_grad;
  const Index B = c.whole(1, 2), H = c.whole(1, 2), d = c.whole(1, 3), dv = c.whole(1, 3);
  KVCache cache(c.whole(6, 9));
  Tensor first;
  for (int text = 0; text < 2; ++text) {
    for (int piece = 0; piece < 3; ++piece) {
      const Index t = c.whole(1, 2);
      const Tensor k = any_tensor(c, {B, H, t, d}), v = any_tensor(c, {B, H, t, dv});
      Tensor keys, values;
      const Index made = bytes_made([&] { std::tie(keys, values) = cache.append(k, v); });
      see(c, keys);
      see(c, values);
      see(c, Shape{cache.length(), cache.nbytes(), made});
      if (piece == 0) first = keys;
      see(c, first);
      see(c, keys.shares_storage_with(first));
    }
    cache.clear();
  }
}

OBSERVE("12.10", "project: queries, keys and values, and what they cost") {
  const Layer l = layer(c, c.coin());
  const Tensor x = any_tensor(c, {c.whole(1, 2), c.whole(1, 4), l.dim});
  const FlopCounter counter;
  const MultiHeadAttention::Projected p = l.attention.project(x);
  for (const Tensor& part : {p.q, p.k, p.v}) see(c, part);
  see(c, counter.of("matmul"));
}

OBSERVE("12.11", "attend: masks, weights, rotations, gradients") {
  const Layer l = layer(c, c.coin(), 0, c.coin());
  const Index B = c.whole(1, 2), T = c.whole(1, 4);
  const Tensor x = learned(any_tensor(c, {B, T, l.dim}));
  const Tensor mask = c.coin() ? with_holes(c, {B, 1, 1, T}) : Tensor();
  Tensor weights;
  std::vector<Tensor> all = l.attention.parameters();
  all.push_back(x);
  see_with_gradients(c, l.attention.attend(x, {.mask = mask, .weights = &weights}), all);
  see(c, weights);
}

OBSERVE("12.11", "attend, piece by piece with a cache") {
  const NoGrad no_grad;
  const Layer l = layer(c, true, 0, c.coin());
  KVCache cache(12);
  const Index B = c.whole(1, 2);
  for (int piece = 0; piece < 4; ++piece)
    see(c, l.attention(random_tensor(c, {B, c.whole(1, 3), l.dim}), cache));
  see(c, cache.length());
}

OBSERVE("12.11", "attend with dropout, in training and after it") {
  const Layer l = layer(c, c.coin(), 0.4);
  const Tensor x = random_tensor(c, {c.whole(1, 2), 4, l.dim});
  see(c, l.attention(x));
  l.attention.eval();
  see(c, l.attention(x));
}

OBSERVE("12.12", "attend_in_groups: heads that share keys, with any mask") {
  const Index kv_heads = c.whole(1, 3);
  const Heads h = heads(c, kv_heads * c.whole(2, 3), kv_heads);
  Tensor weights;
  const AttentionOptions how{.mask = any_mask(c, h), .causal = c.coin(), .weights = &weights};
  see_with_gradients(c, attend_in_groups(h.q, h.k, h.v, how), {h.q, h.k, h.v});
  see(c, weights);
}

OBSERVE("12.12", "attend_in_groups: bytes made for heads that share keys") {
  const Index kv_heads = c.whole(1, 3), T = c.whole(1, 4), S = c.whole(1, 5), d = c.whole(1, 4);
  const Tensor q = random_tensor(c, {2, kv_heads * c.whole(2, 3), T, d});
  const Tensor k = random_tensor(c, {2, kv_heads, S, d}), v = random_tensor(c, {2, kv_heads, S, d});
  see(c, bytes_made([&] { (void)attend_in_groups(q, k, v); }));
}

OBSERVE("12.13", "absorb: a softmax, read block by block") {
  const Index dv = c.whole(1, 3), step = dv + c.whole(0, 2);
  OnlineSoftmax state;
  const Tensor sum = zeros({dv});
  for (int block = 0; block < 4; ++block) {
    const Index count = c.whole(1, 4);
    const Tensor scores = with_holes(c, {count}, -20, 20), values = random_tensor(c, {count, step});
    if (block == 0 && c.coin()) std::fill_n(scores.data(), count, static_cast<real>(-infinity));
    absorb(state, sum.data(), dv, scores.data(), count, values.data(), step);
    see(c, state.top);
    see(c, state.mass);
    see(c, sum);
  }
}

OBSERVE("12.13", "tiled_attention and its gradients") {
  const Heads h = heads(c);
  const TiledOptions how{.causal = c.coin(), .block = c.whole(1, 3)};
  see_with_gradients(c, tiled_attention(h.q, h.k, h.v, how), {h.q, h.k, h.v});
}

OBSERVE("12", "padding in front of causal heads") {
  const Layer l = layer(c, true);
  const Index S = c.whole(2, 5);
  const Tensor x = learned(any_tensor(c, {2, S, l.dim}));
  const Tensor mask = padding_mask(c.labels({2}, 0, S), S) + causal_mask(S, S);
  see_with_gradients(c, l.attention(x, mask), {x});
}

OBSERVE("12", "what does not fit together") {
  const Heads h = heads(c);
  see(c, scaled_dot_product_attention(h.q, h.k, h.v));
  const Index S = h.k.size(2), d = h.q.size(3);
  see_error(c, [&] { (void)attention_weights(h.q, random_tensor(c, {S, d + 1})); });
  see_error(c, [&] { (void)attention_weights(h.q, h.k, {.mask = random_tensor(c, {S + 2})}); });
  see_error(c, [&] { (void)scaled_dot_product_attention(h.q, h.k, h.v.slice(2, 1, S)); });
  see_error(c, [&] { (void)scaled_dot_product_attention(h.q, h.k, h.v, {.dropout = 1.0}); });
  see_error(c, [&] { (void)split_heads(random_tensor(c, {1, 2, 5}), c.whole(2, 4)); });
  KVCache cache(3);
  see_error(c, [&] { (void)cache.append(h.k, h.v); });
  const NoGrad no_grad;
  see_error(c, [&] { (void)cache.append(random_tensor(c, {1, 1, c.whole(4, 6), 2}), h.v); });
}
