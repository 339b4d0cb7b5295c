// In which shares a query looks at the keys: a softmax that can leave keys out.
#include <tinytorch/attention/scaled_dot_product.hpp>

#include "waves.hpp"

using namespace tinytorch;
using namespace tt_test;

namespace {
const real hidden = static_cast<real>(-infinity);
const real not_a_number = std::numeric_limits<real>::quiet_NaN();
}  // namespace

TEST_CASE("masked_softmax: shares of what is not hidden", "[12.4][core]") {
  // exp(0) : exp(log 3) = 1 : 3
  CHECK_TENSOR(masked_softmax(tensor({0, real(std::log(3.0)), hidden, 0, 0, 0}, {2, 3})),
               values({0.25, 0.75, 0, 1.0 / 3, 1.0 / 3, 1.0 / 3}, {2, 3}));
}

TEST_CASE("masked_softmax: a row that may see nothing gets zeros", "[12.4][edge]") {
  CHECK_TENSOR(masked_softmax(tensor({hidden, hidden, 0, hidden}, {2, 2})),
               values({0, 0, 1, 0}, {2, 2}));
  CHECK_TENSOR(masked_softmax(ones({3, 2}), true), values({0, 0, 1, 0, 0.5, 0.5}, {3, 2}));
  CHECK_SHAPE(masked_softmax(zeros({2, 0})), {2, 0});
  CHECK_TENSOR(masked_softmax(ones({1, 1})), values({1}, {1, 1}));
}

TEST_CASE("masked_softmax: causal rows do not read the future", "[12.4][12.1][core]") {
  const real log3 = static_cast<real>(std::log(3.0));
  CHECK_TENSOR(masked_softmax(tensor({1, 9, not_a_number, 0, log3, 9, 0, 0, 0}, {3, 3}), true),
               values({1, 0, 0, 0.25, 0.75, 0, 1.0 / 3, 1.0 / 3, 1.0 / 3}, {3, 3}));
}

TEST_CASE("masked_softmax: each matrix has its own first row", "[12.4][edge]") {
  const Tensor weights = masked_softmax(zeros({2, 2, 2, 2}), true);
  for (const Index batch : {0, 1}) {
    for (const Index head : {0, 1}) {
      CHECK_TENSOR(weights.select(0, batch).select(0, head), values({1, 0, 0.5, 0.5}, {2, 2}));
    }
  }
}

TEST_CASE("masked_softmax: large scores stay finite and NaN stays visible", "[12.4][edge]") {
  CHECK_TENSOR(masked_softmax(tensor({10001, 10002, hidden, -20000, -20000, -20001}, {2, 3})),
               values({0.2689414, 0.7310586, 0, 0.4223188, 0.4223188, 0.1553624}, {2, 3}));
  CHECK_TENSOR(
      masked_softmax(
          tensor({not_a_number, 0, not_a_number, hidden, not_a_number, not_a_number}, {3, 2})),
      values({not_a_number, not_a_number, not_a_number, not_a_number, not_a_number, not_a_number},
             {3, 2}));
}

TEST_CASE("masked_softmax: reads a view and needs rows", "[12.4][edge]") {
  const real log3 = static_cast<real>(std::log(3.0));
  CHECK_TENSOR(masked_softmax(tensor({0, 0, log3, 0}, {2, 2}).transpose(0, 1)),
               values({0.25, 0.75, 0.5, 0.5}, {2, 2}));
  CHECK_THROWS_WITH(masked_softmax(zeros({3})), contains("expects scores [*, T, S], got [3]"));
}

TEST_CASE("attention_weights: the worked example", "[12.5][12.4][core]") {
  // scores [2, 0] / sqrt(2) = [1.4142, 0]; exp(1.4142) / (exp(1.4142) + 1) = 0.8044
  CHECK_TENSOR(attention_weights(tensor({2, 0}, {1, 2}), eye(2)),
               values({0.8044297, 0.1955703}, {1, 2}));
}

TEST_CASE("attention_weights: as PyTorch computes them", "[12.5][core]") {
  const Tensor q = waves(0, {2, 3, 4}, 3), k = waves(100, {2, 5, 4}, 2);
  CHECK_TENSOR(attention_weights(q, k), golden_values(golden::weights, {2, 3, 5}));
  CHECK_TENSOR(attention_weights(q, k, {.causal = true}),
               golden_values(golden::weights_causal, {2, 3, 5}));
}

TEST_CASE("attention_weights: scores are divided by the root of d", "[12.5][core]") {
  // d = 16: one product of 16 and one of 0; 16 / sqrt(16) = 4
  const Tensor k = cat({ones({1, 16}), zeros({1, 16})}, 0);
  const double share = std::exp(4.0) / (std::exp(4.0) + 1);
  CHECK_TENSOR(attention_weights(ones({1, 16}), k), values({share, 1 - share}, {1, 2}));
}

TEST_CASE("attention_weights: a mask is added before softmax", "[12.5][core]") {
  const real log3 = static_cast<real>(std::log(3.0));
  const Tensor mask = tensor({0, log3, hidden}, {1, 3});
  CHECK_TENSOR(attention_weights(zeros({2, 4}), ones({3, 4}), {.mask = mask}),
               values({0.25, 0.75, 0, 0.25, 0.75, 0}, {2, 3}));
}

TEST_CASE("attention_weights: rows add up to 1 for any scores", "[12.5][12.4][property]") {
  for (const std::uint64_t seed : {1, 2, 3}) {
    Rng rng(seed);
    const Tensor weights = attention_weights(randn({2, 3, 6, 4}, rng) * 3,
                                             randn({2, 1, 9, 4}, rng) * 3, {.causal = seed == 2});
    REQUIRE(weights.shape() == Shape({2, 3, 6, 9}));
    for (const Shape& at : all_indices({2, 3, 6})) {
      double total = 0;
      for (Index s = 0; s < 9; ++s) {
        const double weight = double(weights.at({at[0], at[1], at[2], s}));
        if (weight < 0) FAIL("a weight below 0, seed " << seed);
        total += weight;
      }
      if (std::abs(total - 1) > 1e-5) FAIL("a row adds up to " << total << ", seed " << seed);
    }
  }
}

TEST_CASE("attention_weights: names what does not fit", "[12.5][errors]") {
  CHECK_SHAPE(attention_weights(zeros({2, 4}), zeros({3, 4})), {2, 3});
  CHECK_THROWS_WITH(attention_weights(zeros({2, 4}), zeros({3, 5})),
                    contains("attention_weights: expects queries [*, T, d] and keys [*, S, d], got "
                             "[2, 4] and [3, 5]"));
  CHECK_THROWS_WITH(attention_weights(zeros({2, 4}), zeros({3, 4}), {.mask = zeros({3, 2})}),
                    contains("expects a mask that broadcasts to the scores [2, 3], got [3, 2]"));
  CHECK_THROWS_AS(attention_weights(zeros({2, 4}), zeros({3, 4}), {.mask = zeros({4, 2, 3})}),
                  ShapeError);
}
