// 01_tensor / shape.hpp: numbers about shapes, with no tensor in sight.
//
// How many elements, how far to jump, where an element lies, which index comes next. The worked example of
// the lesson is the shape [2, 3]: six numbers, strides [3, 1], and the element [1, 2] is the sixth.
#include "tensor_close.hpp"

#include <tinytorch/tensor.hpp>

using namespace tinytorch;
using namespace tt_test;

namespace {

/// A shape of 0 to 5 axes with sizes 1 to 4.
Shape random_shape(Rng& rng) {
  Shape shape;
  const Index rank = rng.below(6);
  for (Index axis = 0; axis < rank; ++axis) shape.push_back(1 + rng.below(4));
  return shape;
}

}  // namespace

TEST_CASE("numel: is the product of the sizes of all axes", "[01.1][core]") {
  CHECK(numel({2, 3}) == 6);
  CHECK(numel({2, 3, 4}) == 24);  // a sum would be 9
  CHECK(numel({5}) == 5);
  CHECK(numel({3, 1, 2, 1, 2, 5, 2}) == 120);
}

TEST_CASE("numel: a scalar is one number and a size of 0 leaves none", "[01.1][edge]") {
  CHECK(numel({}) == 1);
  CHECK(numel({1, 1, 1}) == 1);
  CHECK(numel({0}) == 0);
  CHECK(numel({2, 0, 3}) == 0);
}

TEST_CASE("numel: counts further than 32 bits reach", "[01.1][edge]") {
  CHECK(numel({65536, 65536}) == Index{4294967296});         // 2^32, which is 0 in 32 bits
  CHECK(numel({3, 1024, 1024, 1024}) == Index{3221225472});  // 3 * 2^30, negative in 32 bits
}

TEST_CASE("row_major_strides: the last axis is next to itself", "[01.2][core]") {
  CHECK(row_major_strides({2, 3}) == Shape{3, 1});         // a step down skips a row of 3
  CHECK(row_major_strides({2, 3, 4}) == Shape{12, 4, 1});  // 3 * 4, 4, 1
  CHECK(row_major_strides({4, 3, 2}) == Shape{6, 2, 1});   // 3 * 2, 2, 1
}

TEST_CASE("row_major_strides: no axis or one axis or axes of size 1", "[01.2][edge]") {
  CHECK(row_major_strides({}) == Shape{});
  CHECK(row_major_strides({5}) == Shape{1});
  CHECK(row_major_strides({2, 1, 3}) == Shape{3, 3, 1});
  CHECK(row_major_strides({1, 4}) == Shape{4, 1});
}

TEST_CASE("row_major_strides: seven axes and more than 32 bits", "[01.2][edge]") {
  CHECK(row_major_strides({2, 3, 1, 2, 1, 5, 2}) == Shape{60, 20, 20, 10, 10, 2, 1});
  CHECK(row_major_strides({2, 65536, 65536}) == Shape{4294967296, 65536, 1});
}

TEST_CASE("row_major_strides: all indices in order lie side by side", "[01.2][property]") {
  Rng rng(12);
  for (int round = 0; round < 60; ++round) {
    const Shape shape = random_shape(rng);
    const Shape strides = row_major_strides(shape);
    CAPTURE(shape, strides);
    REQUIRE(strides.size() == shape.size());
    Index expected = 0;
    for (const Shape& index : all_indices(shape)) {
      Index position = 0;
      for (std::size_t i = 0; i < shape.size(); ++i) position += index[i] * strides[i];
      REQUIRE(position == expected);
      ++expected;
    }
  }
}

TEST_CASE("flat_offset: one formula serves a matrix and its transpose", "[01.3][core]") {
  CHECK(flat_offset({1, 2}, {3, 1}, 0) == 5);  // 1*3 + 2*1: the last of [2, 3]
  CHECK(flat_offset({2, 1}, {1, 3}, 0) == 5);  // 2*1 + 1*3: the same number, seen transposed
  CHECK(flat_offset({1, 2}, {1, 3}, 0) == 7);  // 1*1 + 2*3
  CHECK(flat_offset({1, 2, 3}, {12, 4, 1}, 0) == 23);  // 12 + 8 + 3: the last of [2, 3, 4]
}

TEST_CASE("flat_offset: starts at the offset", "[01.3][edge]") {
  CHECK(flat_offset({}, {}, 0) == 0);
  CHECK(flat_offset({}, {}, 9) == 9);  // a scalar somewhere in a larger block
  CHECK(flat_offset({0, 0}, {3, 1}, 4) == 4);
  CHECK(flat_offset({1, 1}, {3, 2}, 4) == 9);  // 4 + 3 + 2
}

TEST_CASE("flat_offset: takes any strides and large ones", "[01.3][edge]") {
  CHECK(flat_offset({5, 2}, {0, 4}, 1) == 9);    // a stride of 0 goes nowhere: 1 + 0 + 8
  CHECK(flat_offset({2, 1}, {-3, 1}, 10) == 5);  // 10 - 6 + 1
  CHECK(flat_offset({3}, {8589934592}, 7) == Index{25769803783});  // 3 * 2^33 + 7
}

TEST_CASE("next_index: turns like an odometer and comes round to zeros", "[01.4][core]") {
  const Shape shape{2, 3};
  Shape index{0, 0};
  for (const Shape& expected : {Shape{0, 1}, Shape{0, 2}, Shape{1, 0}, Shape{1, 1}, Shape{1, 2}}) {
    CHECK(next_index(index.data(), shape));
    CHECK(index == expected);
  }
  CHECK_FALSE(next_index(index.data(), shape));
  CHECK(index == Shape{0, 0});
}

TEST_CASE("next_index: a carry may pass over several wheels", "[01.4][core]") {
  Shape index{0, 2, 3};
  CHECK(next_index(index.data(), {2, 3, 4}));
  CHECK(index == Shape{1, 0, 0});
  index = {0, 0, 4};
  CHECK(next_index(index.data(), {3, 1, 5}));  // the wheel in the middle has only a 0
  CHECK(index == Shape{1, 0, 0});
}

TEST_CASE("next_index: what has one index has no next one", "[01.4][edge]") {
  Shape none;
  CHECK_FALSE(next_index(none.data(), {}));
  Shape ones{0, 0};
  CHECK_FALSE(next_index(ones.data(), {1, 1}));
  CHECK(ones == Shape{0, 0});
}

TEST_CASE("next_index: visits each index once and in row-major order", "[01.4][property]") {
  Rng rng(14);
  for (int round = 0; round < 60; ++round) {
    const Shape shape = random_shape(rng);
    const std::vector<Shape> expected = all_indices(shape);
    CAPTURE(shape);
    Shape index(shape.size());
    for (std::size_t i = 0; i < expected.size(); ++i) {
      REQUIRE(index == expected[i]);
      REQUIRE(next_index(index.data(), shape) == (i + 1 < expected.size()));
    }
    REQUIRE(index == Shape(shape.size(), 0));
  }
}

TEST_CASE("for_each_row: one call a row and none for an empty shape", "[01.4][01.3][systems]") {
  // [2, 3, 4] has 6 rows of 4. Beside it the same shape with strides [1, 2, 6] that begins at 5.
  const Shape strides{12, 4, 1}, others{1, 2, 6};
  std::vector<Index> first, second;
  for_each_row<2>({2, 3, 4}, {&strides, &others}, {0, 5}, [&](auto at) {
    first.push_back(at[0]);
    second.push_back(at[1]);
  });
  CHECK(first == std::vector<Index>{0, 4, 8, 12, 16, 20});
  CHECK(second == std::vector<Index>{5, 7, 9, 6, 8, 10});
  int calls = 0;
  const Shape empty_strides{0, 4, 1};
  for_each_row<1>({2, 0, 4}, {&empty_strides}, {0}, [&](auto) { ++calls; });
  CHECK(calls == 0);
}
