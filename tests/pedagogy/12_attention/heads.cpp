// Heads: groups of a token's numbers, seen as matrices of their own.
#include <tinytorch/attention/heads.hpp>

#include "waves.hpp"

using namespace tinytorch;
using namespace tt_test;

TEST_CASE("split_heads: each head gets its group of every token", "[12.7][core]") {
  // Two tokens of 4 numbers, two heads: head 0 has the first two of each, head 1 the others.
  CHECK_TENSOR(split_heads(tensor({1, 2, 3, 4, 5, 6, 7, 8}, {1, 2, 4}), 2),
               values({1, 2, 5, 6, 3, 4, 7, 8}, {1, 2, 2, 2}));
}

TEST_CASE("split_heads: number i of a token is number i mod d of head i div d",
          "[12.7][property]") {
  const Tensor x = waves(0, {2, 3, 12});
  const Tensor heads = split_heads(x, 4);
  REQUIRE(heads.shape() == Shape({2, 4, 3, 3}));
  for (const Shape& at : all_indices(x.shape())) {
    CHECK(heads.at({at[0], at[2] / 3, at[1], at[2] % 3}) == x.at(at));
  }
}

TEST_CASE("split_heads: copies nothing, also of a slice", "[12.7][systems]") {
  const Tensor wide = waves(0, {2, 3, 18});
  const Tensor middle = wide.slice(2, 6, 12);
  const auto before = memory::stats().allocations;
  const Tensor heads = split_heads(middle, 3);
  CHECK(memory::stats().allocations == before);
  CHECK(heads.shares_storage_with(wide));
  CHECK(heads.at({1, 2, 0, 1}) == wide.at({1, 0, 6 + 2 * 2 + 1}));
}

TEST_CASE("split_heads: one head, and no token", "[12.7][edge]") {
  CHECK_SHAPE(split_heads(zeros({2, 3, 4}), 1), {2, 1, 3, 4});
  CHECK_SHAPE(split_heads(zeros({2, 3, 4}), 4), {2, 4, 3, 1});
  CHECK_SHAPE(split_heads(zeros({2, 0, 4}), 2), {2, 2, 0, 2});
}

TEST_CASE("split_heads: names a size that cannot be shared", "[12.7][errors]") {
  CHECK_SHAPE(split_heads(zeros({1, 2, 6}), 3), {1, 3, 2, 2});
  CHECK_THROWS_WITH(split_heads(zeros({1, 2, 7}), 3),
                    contains("split_heads: expects [B, T, H * d] for H = 3, got [1, 2, 7]"));
  CHECK_THROWS_AS(split_heads(zeros({2, 6}), 3), ShapeError);
}

TEST_CASE("join_heads: worked numbers", "[12.8][core]") {
  CHECK_TENSOR(join_heads(tensor({1, 2, 5, 6, 3, 4, 7, 8}, {1, 2, 2, 2})),
               values({1, 2, 3, 4, 5, 6, 7, 8}, {1, 2, 4}));
  // Three heads of one number, two tokens: token 0 has the first of each head.
  CHECK_TENSOR(join_heads(tensor({1, 2, 3, 4, 5, 6}, {1, 3, 2, 1})),
               values({1, 3, 5, 2, 4, 6}, {1, 2, 3}));
}

TEST_CASE("join_heads: takes back what split_heads did", "[12.8][12.7][property]") {
  const Tensor x = waves(3, {2, 5, 12});
  CHECK_TENSOR(join_heads(split_heads(x, 3)), read(x));
  CHECK_SHAPE(join_heads(zeros({2, 3, 0, 4})), {2, 0, 12});
  CHECK_THROWS_WITH(join_heads(zeros({2, 3, 4})),
                    contains("join_heads: expects [B, H, T, d], got [2, 3, 4]"));
}

TEST_CASE("join_heads: copies once", "[12.8][systems]") {
  const Tensor heads = waves(0, {2, 3, 4, 5});
  const auto before = memory::stats();
  const Tensor joined = join_heads(heads);
  CHECK(memory::stats().allocations - before.allocations == 1);
  CHECK(memory::stats().allocated_bytes - before.allocated_bytes == 2 * 3 * 4 * 5 * sizeof(real));
  CHECK(joined.is_contiguous());
}
