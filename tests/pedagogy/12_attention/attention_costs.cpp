// What attention costs: operations, bytes at the peak and bytes kept, copies. All counted.
#include <tinytorch/attention/multi_head.hpp>

#include "waves.hpp"

using namespace tinytorch;
using namespace tt_test;

namespace {
std::uint64_t bytes(Index numbers) { return static_cast<std::uint64_t>(numbers) * sizeof(real); }
}  // namespace

TEST_CASE("costs: two products for each pair of query and key", "[12.6][12.5][systems]") {
  FlopCounter counter;
  (void)scaled_dot_product_attention(zeros({2, 3, 4, 8}), zeros({2, 3, 10, 8}),
                                     zeros({2, 3, 10, 6}));
  CHECK(counter.of("matmul") == 2 * (2 * 3) * 4 * 10 * (8 + 6));
  CHECK(counter.of("masked_softmax") == 5 * (2 * 3) * 4 * 10);
  CHECK(counter.of("mul") == 2 * 3 * 4 * 8);  // the queries are scaled, not the scores
}

TEST_CASE("costs: twice the tokens, four times the scores", "[12.5][systems]") {
  const auto peak = [](Index T) {
    const Tensor q = zeros({T, 2}), k = zeros({T, 2});
    const auto before = memory::stats().live_bytes;
    memory::reset_peak();
    (void)attention_weights(q, k);
    return memory::stats().peak_bytes - before;
  };
  // The scores and the weights: the scaled queries and the turned keys are gone by then.
  CHECK(peak(32) == bytes(2 * 32 * 32));
  CHECK(peak(64) == 4 * peak(32));
}

TEST_CASE("costs: of the scores only the weights are kept for backward", "[12.6][systems]") {
  const Tensor q = with_gradient(zeros({8, 2})), k = with_gradient(zeros({8, 2}));
  const Tensor v = with_gradient(zeros({8, 3}));
  const auto before = memory::stats().live_bytes;
  const Tensor found = scaled_dot_product_attention(q, k, v);
  // The result, the weights, the scaled queries, and the scale itself.
  CHECK(memory::stats().live_bytes - before == bytes(8 * 3 + 8 * 8 + 8 * 2 + 1));
}

TEST_CASE("costs: projections are sliced and split without a copy", "[12.10][12.7][systems]") {
  Rng rng(1);
  const MultiHeadAttention layer(8, 2, rng);
  const NoGrad no_grad;
  const Tensor x = zeros({2, 5, 8});
  const auto before = memory::stats().allocated_bytes;
  const auto projected = layer.project(x);
  // The product and the sum with the bias; nothing else.
  CHECK(memory::stats().allocated_bytes - before == bytes(2 * (2 * 5 * 24)));
  CHECK(projected.q.shares_storage_with(projected.k));
  CHECK(projected.q.shares_storage_with(projected.v));
}

TEST_CASE("costs: the layer makes what it must", "[12.11][12.8][systems]") {
  Rng rng(2);
  const MultiHeadAttention layer(8, 2, rng, {.causal = true, .bias = false});
  const NoGrad no_grad;
  const Tensor x = zeros({3, 5, 8});
  const auto before = memory::stats().allocated_bytes;
  (void)layer(x);
  const Index tokens = 3 * 5 * 8, scores = 3 * 2 * 5 * 5;
  const Index projecting = 3 * tokens;                             // q, k and v
  const Index attending = 1 + tokens + scores + scores + tokens;  // 1/sqrt(d), scaled q
  const Index joining = tokens + tokens;
  CHECK(memory::stats().allocated_bytes - before == bytes(projecting + attending + joining));
}

TEST_CASE("costs: a cache turns T squared products into T", "[12.11][12.9][systems]") {
  Rng rng(3);
  const MultiHeadAttention layer(8, 2, rng, {.causal = true, .bias = false});
  const NoGrad no_grad;
  const Tensor x = zeros({1, 16, 8});
  Index with = 0, without = 0;
  KVCache cache(16);
  for (Index t = 0; t < 16; ++t) {
    FlopCounter cached;
    (void)layer(x.slice(1, t, t + 1), cache);
    with += cached.of("matmul");
    FlopCounter whole;
    (void)layer(x.slice(1, 0, t + 1));
    without += whole.of("matmul");
  }
  // A token: 8 * 24 + 8 * 8 products for the projections. Step t: t keys, or t tokens and t * t pairs.
  const Index a_token = 2 * (8 * 24 + 8 * 8), a_pair = 2 * (8 + 8);
  CHECK(with == 16 * a_token + 136 * a_pair);       // 1 + 2 + ... + 16 = 136
  CHECK(without == 136 * a_token + 1496 * a_pair);  // 1 + 4 + ... + 256 = 1496
}

TEST_CASE("costs: a cache grows with everything but the number of queries", "[12.9][systems]") {
  const NoGrad no_grad;
  KVCache cache(32);
  (void)cache.append(zeros({2, 4, 3, 8}), zeros({2, 4, 3, 6}));
  CHECK(cache.nbytes() == static_cast<Index>(bytes(2 * 4 * 32 * (8 + 6))));
}
