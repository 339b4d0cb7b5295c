// The two challenges: heads that share keys, and attention without the T by S weights.
#include <tinytorch/attention/grouped.hpp>
#include <tinytorch/attention/tiled.hpp>

#include "waves.hpp"

using namespace tinytorch;
using namespace tt_test;

namespace {
const real hidden = static_cast<real>(-infinity);
}

TEST_CASE("groups: as PyTorch with repeated keys", "[12.12][core]") {
  CHECK_TENSOR(
      attend_in_groups(waves(0, {2, 4, 3, 2}), waves(900, {2, 2, 3, 2}), waves(950, {2, 2, 3, 2})),
      golden_values(golden::groups, {2, 4, 3, 2}));
}

TEST_CASE("groups: head h reads the values of head h div G", "[12.12][core]") {
  // All keys equal, so each head finds its group's only value.
  CHECK_TENSOR(
      attend_in_groups(ones({1, 6, 1, 2}), ones({1, 2, 1, 2}), tensor({5, 8}, {1, 2, 1, 1})),
      values({5, 5, 5, 8, 8, 8}, {1, 6, 1, 1}));
}

TEST_CASE("groups: the weights come back by head", "[12.12][core]") {
  Tensor weights;
  const Tensor found = attend_in_groups(zeros({1, 4, 3, 2}), zeros({1, 2, 3, 2}),
                                        zeros({1, 2, 3, 5}), {.causal = true, .weights = &weights});
  CHECK_SHAPE(found, {1, 4, 3, 5});
  REQUIRE(weights.shape() == Shape({1, 4, 3, 3}));
  for (Index head = 0; head < 4; ++head) {
    CHECK_TENSOR(weights.select(1, head),
                 values({1, 0, 0, 0.5, 0.5, 0, 1.0 / 3, 1.0 / 3, 1.0 / 3}, {1, 3, 3}));
  }
}

TEST_CASE("groups: a mask means the same as without groups", "[12.12][edge]") {
  const Tensor q = zeros({2, 4, 1, 2}), k = zeros({2, 2, 3, 2});
  const Tensor v = cat({full({2, 2, 1, 1}, 3), full({2, 2, 1, 1}, 6), full({2, 2, 1, 1}, 12)}, 2);
  // One mask for each sequence: sequence 0 sees one key, sequence 1 two.
  const Tensor by_sequence = tensor({0, hidden, hidden, 0, 0, hidden}, {2, 1, 1, 3});
  CHECK_TENSOR(attend_in_groups(q, k, v, {.mask = by_sequence}),
               values({3, 3, 3, 3, 4.5, 4.5, 4.5, 4.5}, {2, 4, 1, 1}));
  // One for each head: head h sees key h only; head 3 all of them.
  const Tensor by_head =
      tensor({0, hidden, hidden, hidden, 0, hidden, hidden, hidden, 0, 0, 0, 0}, {4, 1, 3});
  CHECK_TENSOR(attend_in_groups(q, k, v, {.mask = by_head}),
               values({3, 6, 12, 7, 3, 6, 12, 7}, {2, 4, 1, 1}));
}

TEST_CASE("groups: the keys are not copied", "[12.12][systems]") {
  const Tensor q = ones({1, 8, 4, 2}), k = ones({1, 2, 16, 2}), v = ones({1, 2, 16, 2});
  const auto before = memory::stats();
  (void)attend_in_groups(q, k, v);
  // The scale, scaled queries, scores, weights, the result.
  const std::uint64_t numbers = 1 + 8 * 4 * 2 + 2 * (8 * 4 * 16) + 8 * 4 * 2;
  CHECK(memory::stats().allocated_bytes - before.allocated_bytes == numbers * sizeof(real));
}

TEST_CASE("groups: names a number of keys that does not divide", "[12.12][errors]") {
  CHECK_SHAPE(attend_in_groups(ones({1, 4, 1, 2}), ones({1, 2, 1, 2}), ones({1, 2, 1, 2})),
              {1, 4, 1, 2});
  CHECK_THROWS_WITH(attend_in_groups(ones({1, 4, 1, 2}), ones({1, 3, 1, 2}), ones({1, 3, 1, 2})),
                    contains("where K divides H, got [1, 4, 1, 2], [1, 3, 1, 2], [1, 3, 1, 2]"));
}

TEST_CASE("absorb: the worked example", "[12.13][core]") {
  OnlineSoftmax state;
  real found = 0;
  const real zero = 0, one = 1, log3 = static_cast<real>(std::log(3.0)), five = 5;
  absorb(state, &found, 1, &zero, 1, &one, 1);
  CHECK_TENSOR(tensor({state.top, real(state.mass), found}), values({0, 1, 1}, {3}));
  absorb(state, &found, 1, &log3, 1, &five, 1);
  CHECK_TENSOR(tensor({state.top, real(state.mass), found}),
               values({std::log(3.0), 4.0 / 3, 16.0 / 3}, {3}));  // found / mass = 4
}

TEST_CASE("absorb: smaller scores, large scores and nothing at all", "[12.13][edge]") {
  OnlineSoftmax state;
  real found[2] = {0, 0};
  const real nothing[2] = {hidden, hidden};
  const real scores[3] = {1000, 999, hidden}, numbers[6] = {1, 2, 3, 4, 90, 90};
  absorb(state, found, 2, nothing, 2, numbers, 2);
  CHECK(state.mass == 0);
  CHECK_TENSOR(tensor({found[0], found[1]}), values({0, 0}, {2}));
  absorb(state, found, 2, scores, 3, numbers, 2);
  absorb(state, found, 2, nothing, 0, numbers, 2);
  absorb(state, found, 2, nothing, 2, numbers, 2);
  const double e = std::exp(-1.0);
  CHECK_TENSOR(tensor({real(state.mass), found[0], found[1]}),
               values({1 + e, 1 + 3 * e, 2 + 4 * e}, {3}));
}

TEST_CASE("absorb: the largest score may stand anywhere in a block", "[12.13][edge]") {
  OnlineSoftmax state;
  real found = 0;
  const real scores[3] = {0, 500, 499}, numbers[3] = {90, 1, 3};
  absorb(state, &found, 1, scores, 3, numbers, 1);
  const double e = std::exp(-1.0);
  CHECK_TENSOR(tensor({state.top, real(state.mass), found}), values({500, 1 + e, 1 + 3 * e}, {3}));
}

TEST_CASE("tiled_attention: as PyTorch computes it", "[12.13][core]") {
  for (const Index block : {1, 2, 3, 64}) {
    for (const bool causal : {false, true}) {
      const Tensor q = with_gradient(waves(0, {2, 3, 4}, 3));
      const Tensor k = with_gradient(waves(100, {2, 5, 4}, 2));
      const Tensor v = with_gradient(waves(200, {2, 5, 3}));
      const Tensor found = tiled_attention(q, k, v, {.causal = causal, .block = block});
      CHECK_TENSOR(found, causal ? golden_values(golden::found_causal, {2, 3, 3})
                                 : golden_values(golden::found, {2, 3, 3}));
      sum(pow(found, 3)).backward();
      CHECK_TENSOR(q.grad(), causal ? golden_values(golden::found_causal_dq, {2, 3, 4})
                                    : golden_values(golden::found_dq, {2, 3, 4}));
      CHECK_TENSOR(k.grad(), causal ? golden_values(golden::found_causal_dk, {2, 5, 4})
                                    : golden_values(golden::found_dk, {2, 5, 4}));
      CHECK_TENSOR(v.grad(), causal ? golden_values(golden::found_causal_dv, {2, 5, 3})
                                    : golden_values(golden::found_dv, {2, 5, 3}));
    }
  }
}

TEST_CASE("tiled_attention: queries before the first key find zeros", "[12.13][edge]") {
  const Tensor v = tensor({3, 5}, {2, 1});
  CHECK_TENSOR(tiled_attention(zeros({4, 2}), zeros({2, 2}), v, {.causal = true, .block = 2}),
               values({0, 0, 3, 4}, {4, 1}));
  CHECK_SHAPE(tiled_attention(zeros({0, 2}), zeros({2, 2}), v), {0, 1});
  CHECK_THROWS_AS(tiled_attention(zeros({1, 2}), zeros({2, 2}), v, {.block = 0}), ValueError);
  CHECK_THROWS_AS(tiled_attention(zeros({1, 2}), zeros({3, 2}), v), ShapeError);
}

TEST_CASE("tiled_attention: heads that share keys broadcast", "[12.13][edge]") {
  const Tensor q = waves(0, {2, 3, 4, 2}), k = waves(50, {2, 1, 6, 2}), v = waves(90, {1, 3, 6, 2});
  CHECK_TENSOR(tiled_attention(q, k, v, {.causal = true, .block = 3}),
               read(scaled_dot_product_attention(q, k, v, {.causal = true})));
}

TEST_CASE("tiled_attention: no memory for the weights", "[12.13][systems]") {
  const Tensor q = waves(0, {128, 4}), k = waves(9, {128, 4}), v = waves(5, {128, 4});
  const auto peak = [&](bool tiled) {
    const auto before = memory::stats().live_bytes;
    memory::reset_peak();
    if (tiled) (void)tiled_attention(q, k, v, {.block = 16});
    else (void)scaled_dot_product_attention(q, k, v);
    return (memory::stats().peak_bytes - before) / sizeof(real);
  };
  CHECK(peak(true) == 128 * 4 + 16 * 16);  // the result and one block
  CHECK(peak(false) >= 2 * 128 * 128);     // scores and weights
}
