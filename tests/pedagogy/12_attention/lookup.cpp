// scaled_dot_product_attention: what the queries find.
#include <tinytorch/attention/scaled_dot_product.hpp>

#include "waves.hpp"

using namespace tinytorch;
using namespace tt_test;

namespace {

const real hidden = static_cast<real>(-infinity);

struct Inputs3 {
  Tensor q = with_gradient(waves(0, {2, 3, 4}, 3)), k = with_gradient(waves(100, {2, 5, 4}, 2)),
         v = with_gradient(waves(200, {2, 5, 3}));
};

}  // namespace

TEST_CASE("attention: the worked example", "[12.6][12.5][core]") {
  // The weights are 0.8044 and 0.1956 (weights.cpp): 0.8044 * 10 + 0.1956 * 20 = 11.956
  const Tensor found =
      scaled_dot_product_attention(tensor({2, 0}, {1, 2}), eye(2), tensor({10, 1, 20, 0}, {2, 2}));
  CHECK_TENSOR(found, values({11.955703, 0.8044297}, {1, 2}));
}

TEST_CASE("attention: as PyTorch computes it", "[12.6][12.5][core]") {
  const Inputs3 in;
  const Tensor found = scaled_dot_product_attention(in.q, in.k, in.v);
  CHECK_TENSOR(found, golden_values(golden::found, {2, 3, 3}));
  sum(pow(found, 3)).backward();
  CHECK_TENSOR(in.q.grad(), golden_values(golden::found_dq, {2, 3, 4}));
  CHECK_TENSOR(in.k.grad(), golden_values(golden::found_dk, {2, 5, 4}));
  CHECK_TENSOR(in.v.grad(), golden_values(golden::found_dv, {2, 5, 3}));
}

TEST_CASE("attention: causal as PyTorch with the last query at the last key",
          "[12.6][12.1][core]") {
  const Inputs3 in;
  const Tensor found = scaled_dot_product_attention(in.q, in.k, in.v, {.causal = true});
  CHECK_TENSOR(found, golden_values(golden::found_causal, {2, 3, 3}));
  sum(pow(found, 3)).backward();
  CHECK_TENSOR(in.q.grad(), golden_values(golden::found_causal_dq, {2, 3, 4}));
  CHECK_TENSOR(in.k.grad(), golden_values(golden::found_causal_dk, {2, 5, 4}));
  CHECK_TENSOR(in.v.grad(), golden_values(golden::found_causal_dv, {2, 5, 3}));
}

TEST_CASE("attention: a mask that is learned gets its gradient", "[12.6][12.5][core]") {
  const Inputs3 in;
  const Tensor bias = with_gradient(waves(300, {3, 5}));
  const Tensor found = scaled_dot_product_attention(in.q, in.k, in.v, {.mask = bias});
  CHECK_TENSOR(found, golden_values(golden::found_biased, {2, 3, 3}));
  sum(pow(found, 3)).backward();
  CHECK_TENSOR(bias.grad(), golden_values(golden::found_biased_dmask, {3, 5}));
}

TEST_CASE("attention: the causal option is the causal mask", "[12.6][12.2][property]") {
  Rng rng(5);
  const Tensor q = randn({2, 4, 3}, rng), k = randn({2, 6, 3}, rng), v = randn({2, 6, 2}, rng);
  CHECK_TENSOR(scaled_dot_product_attention(q, k, v, {.causal = true}),
               read(scaled_dot_product_attention(q, k, v, {.mask = causal_mask(4, 6)})));
}

TEST_CASE("attention: a query that may see nothing finds zeros and passes none",
          "[12.6][12.4][edge]") {
  const Tensor q = with_gradient(waves(0, {2, 4})), k = with_gradient(waves(50, {3, 4}));
  const Tensor v = with_gradient(waves(70, {3, 2}));
  const Tensor mask = tensor({hidden, hidden, hidden, 0, hidden, hidden}, {2, 3});
  const Tensor found = scaled_dot_product_attention(q, k, v, {.mask = mask});
  const double v00 = std::sin(70.0), v01 = std::sin(71.0);
  CHECK_TENSOR(found, values({0, 0, v00, v01}, {2, 2}));
  sum(found * found).backward();
  CHECK_TENSOR(q.grad(), values({0, 0, 0, 0, 0, 0, 0, 0}, {2, 4}));
  CHECK_TENSOR(k.grad(), values(std::vector<double>(12), {3, 4}));
  CHECK_TENSOR(v.grad(), values({2 * v00, 2 * v01, 0, 0, 0, 0}, {3, 2}));
}

TEST_CASE("attention: one key for all and no key at all", "[12.6][edge]") {
  CHECK_TENSOR(
      scaled_dot_product_attention(waves(0, {2, 3}), waves(9, {1, 3}), tensor({7, 8}, {1, 2})),
      values({7, 8, 7, 8}, {2, 2}));
  CHECK_TENSOR(scaled_dot_product_attention(ones({2, 3}), zeros({0, 3}), zeros({0, 2})),
               values({0, 0, 0, 0}, {2, 2}));
  CHECK_SHAPE(scaled_dot_product_attention(zeros({0, 3}), ones({2, 3}), ones({2, 5})), {0, 5});
}

TEST_CASE("attention: the order of the keys does not matter", "[12.6][property]") {
  Rng rng(6);
  const Tensor q = randn({3, 4}, rng), k = randn({5, 4}, rng), v = randn({5, 2}, rng);
  std::vector<Tensor> k_rows, v_rows;
  for (const Index s : {3, 0, 4, 1, 2}) {
    k_rows.push_back(k.slice(0, s, s + 1));
    v_rows.push_back(v.slice(0, s, s + 1));
  }
  CHECK_TENSOR(scaled_dot_product_attention(q, cat(k_rows, 0), cat(v_rows, 0)),
               read(scaled_dot_product_attention(q, k, v)));
}

TEST_CASE("attention: hands out the weights that it used", "[12.6][core]") {
  Tensor weights;
  Rng rng(7);
  (void)scaled_dot_product_attention(zeros({2, 3}), ones({4, 3}), ones({4, 1}),
                                     {.dropout = 0.5, .rng = &rng, .weights = &weights});
  REQUIRE(weights.defined());  // before dropout: shares, not shares times 0 or 2
  CHECK_TENSOR(weights, values(std::vector<double>(8, 0.25), {2, 4}));
}

TEST_CASE("attention: dropout hides keys at random and keeps the mean", "[12.6][property]") {
  Rng rng(8);
  const Tensor found = scaled_dot_product_attention(zeros({200, 1}), zeros({8, 1}), ones({8, 1}),
                                                    {.dropout = 0.25, .rng = &rng});
  double total = 0;
  bool some_differ = false;
  for (Index t = 0; t < 200; ++t) {
    const double sum_of_weights = double(found.at({t, 0}));  // n of 8 keys, each 1/8 / 0.75
    const double kept = sum_of_weights * 6;
    CHECK(std::abs(kept - std::round(kept)) < 1e-4);
    some_differ = some_differ || std::abs(sum_of_weights - double(found.at({0, 0}))) > 1e-3;
    total += sum_of_weights;
  }
  CHECK(some_differ);
  CHECK(std::abs(total / 200 - 1) < 0.06);  // 4 standard deviations of 1/sqrt(8 * 3 * 200)
}

TEST_CASE("attention: names what does not fit", "[12.6][errors]") {
  const Tensor q = zeros({2, 4}), k = zeros({3, 4}), v = zeros({3, 2});
  CHECK_SHAPE(scaled_dot_product_attention(q, k, v), {2, 2});
  CHECK_THROWS_WITH(scaled_dot_product_attention(q, zeros({3, 5}), v),
                    contains("scaled_dot_product_attention: expects queries [*, T, d] and keys [*, "
                             "S, d], got [2, 4] and [3, 5]"));
  CHECK_THROWS_WITH(scaled_dot_product_attention(q, k, zeros({2, 2})),
                    contains("expects a value for each key, [*, 3, dv], got [2, 2]"));
  CHECK_THROWS_WITH(scaled_dot_product_attention(q, k, v, {.dropout = 0.5}),
                    contains("expects dropout in [0, 1) and an rng to draw it"));
  Rng rng(1);
  CHECK_THROWS_AS(scaled_dot_product_attention(q, k, v, {.dropout = 1, .rng = &rng}), ValueError);
}
