// In the original a cached step attended to the tokens before it and not to itself: the first step met an empty
// softmax and crashed (issue 1953), and position 0 of a cache was never written (Tren 192). Its test compared a model of zeros
// with itself, 0 == 0, and passed.
#include <tinytorch/attention/multi_head.hpp>

#include "tensor_close.hpp"

using namespace tinytorch;
using namespace tt_test;

TEST_CASE("current token: the first cached token attends to itself", "[12.9][regression]") {
  Rng rng(1);
  const MultiHeadAttention layer(4, 2, rng, {.causal = true});
  const NoGrad no_grad;
  const Tensor x = randn({1, 1, 4}, rng);
  KVCache cache(3);
  const Values alone = read(layer.c_proj(layer.c_attn(x).slice(2, 8, 12)));  // all weight on itself
  CHECK_TENSOR(layer(x, cache), alone);
  CHECK(cache.length() == 1);
}

TEST_CASE("current token: position 0 is written and read", "[12.9][regression]") {
  const NoGrad no_grad;
  KVCache cache(3);
  const Tensor k = tensor({3, 4}, {1, 1, 1, 2});
  (void)cache.append(k, k);
  const auto [keys, vals] = cache.append(zeros({1, 1, 1, 2}), zeros({1, 1, 1, 2}));
  CHECK_TENSOR(keys, values({3, 4, 0, 0}, {1, 1, 2, 2}));
  CHECK_TENSOR(vals, values({3, 4, 0, 0}, {1, 1, 2, 2}));
}

TEST_CASE("current token: cached answers differ from token to token and are not zero",
          "[12.11][regression]") {
  Rng rng(2);
  const MultiHeadAttention layer(8, 2, rng, {.causal = true});
  const NoGrad no_grad;
  const Tensor x = randn({1, 3, 8}, rng);
  KVCache cache(3);
  std::vector<Values> steps;
  for (Index t = 0; t < 3; ++t) steps.push_back(read(layer(x.slice(1, t, t + 1), cache)));
  CHECK_FALSE(difference(steps[0], steps[1], 1e-3).empty());
  CHECK_FALSE(difference(steps[1], steps[2], 1e-3).empty());
  CHECK_FALSE(difference(steps[2], Values{std::vector<double>(8), {1, 1, 8}}, 1e-3).empty());
}

TEST_CASE("current token: two layers keep two texts", "[12.9][regression]") {
  // A patch for the cache once bound every layer to the last block's (Tren 141).
  Rng rng(3);
  const MultiHeadAttention first(4, 1, rng, {.causal = true}), second(4, 1, rng, {.causal = true});
  const NoGrad no_grad;
  const Tensor x = randn({1, 2, 4}, rng);
  const Values whole = read(second(first(x)));
  KVCache a(2), b(2);
  const Tensor head = second(first(x.slice(1, 0, 1), a), b);
  const Tensor tail = second(first(x.slice(1, 1, 2), a), b);
  CHECK_TENSOR(cat({head, tail}, 1), whole);
}
