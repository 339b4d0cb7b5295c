// MultiHeadAttention: the layer, its numbers, and probes that a wrong one fails.
#include <tinytorch/attention/multi_head.hpp>

#include "waves.hpp"

using namespace tinytorch;
using namespace tt_test;

namespace {

void put(Tensor target, const Tensor& numbers) {
  const NoGrad no_grad;
  target.copy_(numbers);
}

/// 6 numbers a token, 3 heads, and the weights of tests/oracles/12_attention.py.
MultiHeadAttention known(MultiHeadAttentionOptions options = {}) {
  Rng rng(1);
  const MultiHeadAttention layer(6, 3, rng, options);
  put(layer.c_attn.weight, waves(0, {18, 6}));
  put(layer.c_attn.bias, waves(500, {18}));
  put(layer.c_proj.weight, waves(600, {6, 6}));
  put(layer.c_proj.bias, waves(700, {6}));
  return layer;
}

/// x with token t of sequence 0 changed.
Tensor changed_at(const Tensor& x, Index t) {
  const NoGrad no_grad;
  const Tensor other = x.detach().clone();
  other.select(0, 0).select(0, t).mul_(-3);
  return other;
}

/// How much two answers [B, T, C] differ at token t of sequence b.
double change(const Tensor& a, const Tensor& b, Index sequence, Index t) {
  double most = 0;
  for (Index c = 0; c < a.size(2); ++c) {
    most =
        std::max(most, std::abs(double(a.at({sequence, t, c})) - double(b.at({sequence, t, c}))));
  }
  return most;
}

}  // namespace

TEST_CASE("MultiHeadAttention: copies the previous token", "[12.11][12.10][core]") {
  // A token is two numbers that say something and four that say where it stands. The one head asks
  // "who stands one before me?" with 40 where the answer is yes: a score of 40 / sqrt(6) = 16.
  Rng rng(1);
  const MultiHeadAttention layer(6, 1, rng, {.causal = true, .bias = false});
  const NoGrad no_grad;
  Tensor weight = zeros({18, 6});
  for (Index t = 1; t < 4; ++t) weight.set({2 + t - 1, 2 + t}, 40);  // query: at t, ask for t - 1
  for (Index t = 0; t < 4; ++t) weight.set({6 + 2 + t, 2 + t}, 1);   // key: I stand at t
  for (Index c = 0; c < 2; ++c) weight.set({12 + c, c}, 1);          // value: what I say
  put(layer.c_attn.weight, weight);
  put(layer.c_proj.weight, eye(6));
  const Tensor x = cat({tensor({5, -1, 7, 2, -3, 4, 9, 9}, {4, 2}), eye(4)}, 1).unsqueeze(0);
  const Tensor said = layer(x).slice(2, 0, 2);  // token 0 has only itself
  CHECK_TENSOR_NEAR(said, values({5, -1, 5, -1, 7, 2, -3, 4}, {1, 4, 2}), 1e-5);
}

TEST_CASE("MultiHeadAttention: as PyTorch computes it", "[12.11][12.10][core]") {
  const MultiHeadAttention layer = known();
  const Tensor x = with_gradient(waves(800, {2, 4, 6}));
  const Tensor y = layer(x);
  CHECK_TENSOR(y, golden_values(golden::layer, {2, 4, 6}));
  sum(y * y).backward();
  CHECK_TENSOR_NEAR(x.grad(), golden_values(golden::layer_dx, {2, 4, 6}), 1e-4);
  CHECK_TENSOR_NEAR(layer.c_attn.bias.grad(), golden_values(golden::layer_dbias, {18}), 1e-4);
}

TEST_CASE("MultiHeadAttention: causal as PyTorch computes it", "[12.11][12.10][core]") {
  const MultiHeadAttention layer = known({.causal = true});
  const Tensor x = with_gradient(waves(800, {2, 4, 6}));
  Tensor weights;
  const Tensor y = layer.attend(x, {.weights = &weights});
  CHECK_TENSOR(y, golden_values(golden::layer_causal, {2, 4, 6}));
  CHECK_TENSOR(weights, golden_values(golden::layer_causal_weights, {2, 3, 4, 4}));
  sum(y * y).backward();
  CHECK_TENSOR_NEAR(x.grad(), golden_values(golden::layer_causal_dx, {2, 4, 6}), 1e-4);
  CHECK_TENSOR_NEAR(layer.c_attn.bias.grad(), golden_values(golden::layer_causal_dbias, {18}),
                    1e-4);
}

TEST_CASE("MultiHeadAttention: padding is not looked at", "[12.11][12.3][core]") {
  const MultiHeadAttention layer = known();
  const Tensor x = waves(800, {2, 4, 6});
  const Tensor mask = padding_mask(index_tensor({2, 3}, {2}), 4);
  const Tensor y = layer(x, mask);
  CHECK_TENSOR(y, golden_values(golden::layer_padded, {2, 4, 6}));
  const Tensor other = layer(changed_at(x, 3), mask);
  for (const Index t : {0, 1, 2}) CHECK(change(y, other, 0, t) == 0);
}

TEST_CASE("MultiHeadAttention: queries, keys and values lie one behind the other",
          "[12.10][core]") {
  const MultiHeadAttention layer = known();
  const Tensor x = waves(800, {2, 4, 6});
  const Values all = read(layer.c_attn(x));  // [2, 4, 18]
  const auto projected = layer.project(x);
  const Tensor* parts[] = {&projected.q, &projected.k, &projected.v};
  for (Index part = 0; part < 3; ++part) {
    REQUIRE(parts[part]->shape() == Shape({2, 3, 4, 2}));
    for (const Shape& at : all_indices({2, 3, 4, 2})) {
      const Index place = ((at[0] * 4 + at[2]) * 18) + part * 6 + at[1] * 2 + at[3];
      CHECK(double(parts[part]->at(at)) == all.numbers[static_cast<std::size_t>(place)]);
    }
  }
}

TEST_CASE("causality: changing a token changes nothing before it", "[12.11][12.4][property]") {
  for (const std::uint64_t seed : {1, 2, 3}) {
    Rng rng(seed);
    const MultiHeadAttention layer(8, 2, rng, {.causal = true});
    const Tensor x = randn({2, 5, 8}, rng);
    const Tensor before = layer(x);
    for (Index t = 0; t < 5; ++t) {
      const Tensor after = layer(changed_at(x, t));
      for (Index at = 0; at < 5; ++at) {
        INFO("token " << t << " was changed; token " << at << "; seed " << seed);
        if (at < t) CHECK(change(before, after, 0, at) == 0);
        else CHECK(change(before, after, 0, at) > 1e-4);
        CHECK(change(before, after, 1, at) == 0);  // the other sequence does not know
      }
    }
  }
}

TEST_CASE("permutation: without positions the order of tokens means nothing",
          "[12.11][12.7][property]") {
  Rng rng(4);
  const MultiHeadAttention layer(8, 2, rng);
  const Tensor x = randn({1, 4, 8}, rng);
  const std::vector<Index> order = {2, 0, 3, 1};
  std::vector<Tensor> shuffled;
  for (const Index t : order) shuffled.push_back(x.slice(1, t, t + 1));
  const Tensor y = layer(x), z = layer(cat(shuffled, 1));
  for (Index at = 0; at < 4; ++at) {
    CHECK_TENSOR(z.select(1, at), read(y.select(1, order[static_cast<std::size_t>(at)])));
  }
}

TEST_CASE("permutation: rotations make the order matter", "[12.11][property]") {
  Rng rng(5);
  const MultiHeadAttention layer(8, 2, rng, {.rope = true});
  const Tensor x = randn({1, 3, 8}, rng);
  const Tensor swapped = cat({x.slice(1, 1, 2), x.slice(1, 0, 1), x.slice(1, 2, 3)}, 1);
  CHECK(change(layer(x), layer(swapped), 0, 2) > 1e-4);
}

TEST_CASE("MultiHeadAttention: dropout only while training", "[12.11][core]") {
  Rng rng(6);
  const MultiHeadAttention layer(8, 2, rng, {.dropout = 0.5});
  const Tensor x = randn({1, 6, 8}, rng);
  CHECK_FALSE(difference(read(layer(x)), read(layer(x)), 1e-4).empty());
  layer.eval();
  CHECK_TENSOR_NEAR(layer(x), read(layer(x)), 0);
}

TEST_CASE("MultiHeadAttention: every parameter is named and gets a gradient",
          "[12.11][12.10][core]") {
  Rng rng(7);
  const MultiHeadAttention layer(8, 2, rng, {.causal = true});
  sum(pow(layer(randn({1, 3, 8}, rng)), 2)).backward();
  std::string names;
  for (const auto& [name, parameter] : layer.named_parameters()) {
    names += name + to_string(parameter.shape()) + " ";
    CHECK(parameter.grad().defined());
  }
  CHECK(names == "c_attn.weight[24, 8] c_attn.bias[24] c_proj.weight[8, 8] c_proj.bias[8] ");
}

TEST_CASE("MultiHeadAttention: names what cannot be", "[12.11][errors]") {
  Rng rng(8);
  const MultiHeadAttention layer(6, 3, rng);
  CHECK_SHAPE(layer(zeros({2, 0, 6})), {2, 0, 6});
  CHECK_THROWS_WITH(MultiHeadAttention(7, 2, rng),
                    contains("expects a dim that 2 heads can share equally, got 7"));
  CHECK_THROWS_WITH(MultiHeadAttention(8, 4, rng, {.kv_heads = 3}),
                    contains("expects kv_heads that divides 4 heads, got 3"));
  CHECK_THROWS_WITH(MultiHeadAttention(6, 2, rng, {.rope = true}),
                    contains("expects an even number of numbers a head for rope, got 3"));
  CHECK_THROWS_AS(MultiHeadAttention(8, 0, rng), ValueError);
  CHECK_THROWS_AS(MultiHeadAttention(8, 2, rng, {.dropout = 1}), ValueError);
  CHECK_THROWS_WITH(layer(zeros({4, 6})),
                    contains("MultiHeadAttention: expects [B, T, 6], got [4, 6]"));
  CHECK_THROWS_AS(layer(zeros({1, 4, 5})), ShapeError);
}
