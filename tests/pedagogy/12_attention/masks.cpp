// Masks: who may see whom, as numbers that are added to scores.
#include <tinytorch/attention/masks.hpp>

#include "waves.hpp"

using namespace tinytorch;
using namespace tt_test;

namespace {
constexpr double hidden = -infinity;
}

TEST_CASE("visible_keys: a token sees itself and what came before", "[12.1][core]") {
  CHECK(visible_keys(0, 4, 4) == 1);
  CHECK(visible_keys(1, 4, 4) == 2);
  CHECK(visible_keys(3, 4, 4) == 4);
}

TEST_CASE("visible_keys: the last query stands at the last key", "[12.1][core]") {
  CHECK(visible_keys(0, 1, 8) == 8);  // one new token after seven in a cache sees all eight
  CHECK(visible_keys(0, 2, 5) == 4);
  CHECK(visible_keys(1, 2, 5) == 5);
}

TEST_CASE("visible_keys: never fewer than none nor more than all", "[12.1][edge]") {
  CHECK(visible_keys(0, 3, 2) == 0);  // query 0 stands before the first key
  CHECK(visible_keys(1, 3, 2) == 1);
  CHECK(visible_keys(2, 3, 2) == 2);
  CHECK(visible_keys(0, 5, 1) == 0);
  CHECK(visible_keys(0, 4, 0) == 0);
}

TEST_CASE("causal_mask: worked numbers", "[12.2][12.1][core]") {
  CHECK_TENSOR(causal_mask(3, 3), values({0, hidden, hidden,  //
                                          0, 0, hidden,       //
                                          0, 0, 0},
                                         {3, 3}));
}

TEST_CASE("causal_mask: more keys than queries, and fewer", "[12.2][12.1][edge]") {
  CHECK_TENSOR(causal_mask(2, 4), values({0, 0, 0, hidden, 0, 0, 0, 0}, {2, 4}));
  CHECK_TENSOR(causal_mask(3, 1), values({hidden, hidden, 0}, {3, 1}));
  CHECK_SHAPE(causal_mask(2, 0), {2, 0});
}

TEST_CASE("padding_mask: hides what lies behind each sequence", "[12.3][core]") {
  CHECK_TENSOR(padding_mask(index_tensor({1, 3, 2}, {3}), 3), values({0, hidden, hidden,  //
                                                                      0, 0, 0,            //
                                                                      0, 0, hidden},
                                                                     {3, 1, 1, 3}));
}

TEST_CASE("padding_mask: a sequence may be empty and a batch, too", "[12.3][edge]") {
  CHECK_TENSOR(padding_mask(index_tensor({0, 2}, {2}), 2),
               values({hidden, hidden, 0, 0}, {2, 1, 1, 2}));
  CHECK_SHAPE(padding_mask(index_tensor({}, {0}), 4), {0, 1, 1, 4});
}

TEST_CASE("padding_mask: a length that cannot be is named", "[12.3][errors]") {
  CHECK_THROWS_AS(padding_mask(index_tensor({2, 4}, {2}), 3), ValueError);
  CHECK_THROWS_WITH(padding_mask(index_tensor({2, 4}, {2}), 3),
                    contains("padding_mask: expects lengths in [0, 3], got 4 for sequence 1"));
  CHECK_THROWS_WITH(padding_mask(index_tensor({-1}, {1}), 3), contains("got -1 for sequence 0"));
}

TEST_CASE("padding_mask: lengths are a list and nothing else", "[12.3][errors]") {
  CHECK_TENSOR(padding_mask(index_tensor({1}, {1}), 2), values({0, hidden}, {1, 1, 1, 2}));
  CHECK_THROWS_WITH(padding_mask(index_tensor({1, 2}, {1, 2}), 3),
                    contains("expects one length a sequence, [B], got [1, 2]"));
}

TEST_CASE("masks: two of them add up to one that hides both", "[12.3][12.2][property]") {
  const Tensor both = padding_mask(index_tensor({1, 3}, {2}), 3) + causal_mask(3, 3);
  REQUIRE(both.shape() == Shape({2, 1, 3, 3}));
  for (const Shape& at : all_indices(both.shape())) {
    const Index length = at[0] == 0 ? 1 : 3;
    const bool seen = at[3] < length && at[3] <= at[2];
    CHECK(double(both.at(at)) == (seen ? 0.0 : hidden));
  }
}
