// KVCache: keys and values of earlier tokens, kept; and the layer that goes on from them.
#include <tinytorch/attention/multi_head.hpp>

#include "waves.hpp"

using namespace tinytorch;
using namespace tt_test;

namespace {

/// The layer's answer to x in pieces: as many tokens at a time as `pieces` says.
Tensor in_pieces(const MultiHeadAttention& layer, const Tensor& x, KVCache& cache,
                 const std::vector<Index>& pieces) {
  const NoGrad no_grad;
  std::vector<Tensor> parts;
  Index start = 0;
  for (const Index n : pieces) {
    parts.push_back(layer(x.slice(1, start, start + n), cache));
    start += n;
  }
  return cat(parts, 1);
}

}  // namespace

TEST_CASE("KVCache: hands back all that was appended, in order", "[12.9][core]") {
  const NoGrad no_grad;
  KVCache cache(4);
  const auto [k1, v1] = cache.append(tensor({1, 2}, {1, 1, 1, 2}), tensor({5}, {1, 1, 1, 1}));
  CHECK_TENSOR(k1, values({1, 2}, {1, 1, 1, 2}));
  CHECK_TENSOR(v1, values({5}, {1, 1, 1, 1}));
  const auto [k2, v2] =
      cache.append(tensor({3, 4, 5, 6}, {1, 1, 2, 2}), tensor({6, 7}, {1, 1, 2, 1}));
  CHECK_TENSOR(k2, values({1, 2, 3, 4, 5, 6}, {1, 1, 3, 2}));
  CHECK_TENSOR(v2, values({5, 6, 7}, {1, 1, 3, 1}));
  CHECK(cache.length() == 3);
  CHECK(cache.capacity() == 4);
  CHECK_TENSOR(k1, values({1, 2}, {1, 1, 1, 2}));  // what was handed out stays as it is
}

TEST_CASE("KVCache: every sequence and every head has its own tokens", "[12.9][property]") {
  const NoGrad no_grad;
  const Tensor k = waves(0, {2, 3, 5, 4}), v = waves(200, {2, 3, 5, 2});
  KVCache cache(7);
  (void)cache.append(k.slice(2, 0, 2), v.slice(2, 0, 2));
  (void)cache.append(k.slice(2, 2, 3), v.slice(2, 2, 3));
  const auto [keys, all_values] = cache.append(k.slice(2, 3, 5), v.slice(2, 3, 5));
  CHECK_TENSOR_NEAR(keys, read(k), 0);
  CHECK_TENSOR_NEAR(all_values, read(v), 0);
}

TEST_CASE("KVCache: takes memory once and hands out views of it", "[12.9][systems]") {
  const NoGrad no_grad;
  KVCache cache(16);
  CHECK(cache.nbytes() == 0);
  const Tensor k = zeros({2, 3, 1, 4});
  const auto [first, unused] = cache.append(k, k);
  CHECK(cache.nbytes() == 2 * (2 * 3 * 16 * 4) * static_cast<Index>(sizeof(real)));
  const auto before = memory::stats().allocations;
  const auto [second, also_unused] = cache.append(k, k);
  CHECK(memory::stats().allocations == before);
  CHECK(second.shares_storage_with(first));
}

TEST_CASE("KVCache: clear forgets the tokens and keeps the memory", "[12.9][core]") {
  const NoGrad no_grad;
  KVCache cache(2);
  (void)cache.append(ones({1, 1, 2, 3}), ones({1, 1, 2, 3}));
  cache.clear();
  CHECK(cache.length() == 0);
  const auto before = memory::stats().allocations;
  const Tensor k = tensor({7, 8, 9}, {1, 1, 1, 3});
  const auto allocated = memory::stats().allocations - before;
  const auto [keys, vals] = cache.append(k, k);
  CHECK(memory::stats().allocations - before == allocated);
  CHECK_TENSOR(keys, values({7, 8, 9}, {1, 1, 1, 3}));
  cache.clear();
  const auto [larger, also_larger] = cache.append(zeros({2, 1, 1, 3}), zeros({2, 1, 1, 3}));
  CHECK_SHAPE(larger, {2, 1, 1, 3});  // another batch after clear()
}

TEST_CASE("KVCache: says what does not fit and stays as it was", "[12.9][errors]") {
  const NoGrad no_grad;
  KVCache cache(3);
  const Tensor two = ones({1, 2, 2, 4});
  (void)cache.append(two, two);
  CHECK_THROWS_WITH(cache.append(two, two),
                    contains("KVCache: expects at most 3 tokens, got 2 more after 2"));
  CHECK_THROWS_WITH(cache.append(ones({2, 2, 1, 4}), ones({2, 2, 1, 4})),
                    contains("expects k and v as the first ones, [1, 2, 1, 4]"));
  CHECK_THROWS_WITH(cache.append(two, ones({1, 2, 1, 4})),
                    contains("expects k [B, H, t, d] and v [B, H, t, dv]"));
  CHECK_THROWS_AS(KVCache(0), ValueError);
  CHECK(cache.length() == 2);
  CHECK(cache.append(ones({1, 2, 1, 4}), ones({1, 2, 1, 4})).first.size(2) == 3);
}

TEST_CASE("KVCache: refuses to lose a gradient", "[12.9][errors]") {
  KVCache cache(3);
  const Tensor k = with_gradient(ones({1, 1, 1, 2}));
  CHECK_THROWS_AS(cache.append(k, k), AutogradError);
  CHECK_THROWS_WITH(cache.append(k, k), contains("KVCache: expects NoGrad"));
  const NoGrad no_grad;
  CHECK(cache.append(k, k).first.size(2) == 1);
}

TEST_CASE("cache: token by token gives the numbers of the whole", "[12.11][12.9][property]") {
  Rng rng(1);
  const MultiHeadAttention layer(12, 3, rng, {.causal = true});
  const Tensor x = randn({2, 6, 12}, rng);
  const Values whole = read(layer(x));
  const std::vector<std::vector<Index>> ways = {{1, 1, 1, 1, 1, 1}, {4, 1, 1}, {2, 3, 1}, {6}};
  KVCache cache(6);
  for (const std::vector<Index>& pieces : ways) {
    cache.clear();
    CHECK_TENSOR(in_pieces(layer, x, cache, pieces), whole);
  }
}

TEST_CASE("cache: with rotations and shared keys as well", "[12.11][12.9][property]") {
  Rng rng(2);
  const MultiHeadAttention layer(16, 4, rng, {.causal = true, .rope = true});
  const MultiHeadAttention sharing(16, 4, rng, {.causal = true, .kv_heads = 2, .rope = true});
  const Tensor x = randn({1, 5, 16}, rng);
  for (const MultiHeadAttention* one : {&layer, &sharing}) {
    KVCache cache(5);
    const Values whole = read((*one)(x));
    CHECK_TENSOR(in_pieces(*one, x, cache, {2, 1, 2}), whole);
  }
}

TEST_CASE("cache: shared keys make it smaller", "[12.11][12.9][systems]") {
  const NoGrad no_grad;
  Rng rng(3);
  const MultiHeadAttention sharing(16, 4, rng, {.causal = true, .kv_heads = 1});
  KVCache cache(10);
  (void)sharing(zeros({1, 1, 16}), cache);
  CHECK(cache.nbytes() == 2 * 1 * 10 * 4 * static_cast<Index>(sizeof(real)));  // not 4 heads
}

TEST_CASE("cache: a layer that sees the future cannot use one", "[12.11][errors]") {
  Rng rng(4);
  const MultiHeadAttention layer(4, 2, rng);
  const NoGrad no_grad;
  CHECK_SHAPE(layer(zeros({1, 2, 4})), {1, 2, 4});
  KVCache cache(2);
  CHECK_THROWS_WITH(layer(zeros({1, 1, 4}), cache),
                    contains("expects causal attention for a KVCache"));
}
