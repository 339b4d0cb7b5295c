// Broadcasting: which shapes go together, and what their elementwise result is.
//
// Shapes are aligned from the right; an axis of size 1, or one that is missing, is repeated by a stride of 0.
#include <functional>
#include <set>

#include "tensor_close.hpp"

#include <tinytorch/ops.hpp>

using namespace tinytorch;
using namespace tt_test;

namespace {

/// The number that the result's `index` reads from t: leading axes it does not have are dropped, and an axis of
/// size 1 always reads its index 0.
double seen_from(const Tensor& t, const Shape& index) {
  Shape own(index.end() - t.dim(), index.end());
  for (std::size_t axis = 0; axis < own.size(); ++axis) {
    if (t.shape()[axis] == 1) own[axis] = 0;
  }
  return double(t.at(own));
}

Values difference_by_hand(const Tensor& x, const Tensor& y, const Shape& shape) {
  Values v{{}, shape};
  for (const Shape& index : all_indices(shape)) {
    v.numbers.push_back(seen_from(x, index) - seen_from(y, index));
  }
  return v;
}

}  // namespace

// The worked example of the lesson: a column of 3 and a row of 4.
TEST_CASE("broadcast_shapes: a column and a row make a table", "[02.1][core]") {
  CHECK(broadcast_shapes({3, 1}, {4}) == Shape{3, 4});
  CHECK(broadcast_shapes({4}, {3, 1}) == Shape{3, 4});
}

TEST_CASE("broadcast_shapes: shapes are aligned from the right", "[02.1][core]") {
  CHECK(broadcast_shapes({2, 3}, {3}) == Shape{2, 3});
  CHECK(broadcast_shapes({3}, {2, 3}) == Shape{2, 3});
  CHECK(broadcast_shapes({2, 1, 4}, {3, 1}) == Shape{2, 3, 4});
  CHECK(broadcast_shapes({8, 1, 6, 1}, {7, 1, 5}) == Shape{8, 7, 6, 5});  // from NumPy's manual
}

TEST_CASE("broadcast_shapes: a scalar goes with everything and size 0 stays 0", "[02.1][edge]") {
  CHECK(broadcast_shapes({2, 3}, {}) == Shape{2, 3});
  CHECK(broadcast_shapes({}, {2, 3}) == Shape{2, 3});
  CHECK(broadcast_shapes({}, {}) == Shape{});
  CHECK(broadcast_shapes({0}, {1}) == Shape{0});  // not max(0, 1): nothing, repeated, is nothing
  CHECK(broadcast_shapes({1}, {0}) == Shape{0});
  CHECK(broadcast_shapes({2, 0}, {2, 1}) == Shape{2, 0});
}

TEST_CASE("broadcast_shapes: the error names both shapes and the first axis that disagrees",
          "[02.1][errors]") {
  CHECK_THROWS_AS(broadcast_shapes({2, 3}, {2, 4}), ShapeError);
  CHECK_THROWS_WITH(broadcast_shapes({2, 3}, {2, 4}, "add"),
                    contains("add: cannot broadcast [2, 3] with [2, 4]: axis -1 is 3 against 4"));
  CHECK_THROWS_WITH(broadcast_shapes({2, 3}, {4, 1}), contains("axis -2 is 2 against 4"));
  CHECK_THROWS_AS(broadcast_shapes({2}, {2, 3}), ShapeError);  // not aligned from the left
  CHECK_THROWS_AS(broadcast_shapes({0}, {3}), ShapeError);
  CHECK_THROWS_WITH(zeros({2, 3}) / zeros({3, 2}), contains("div: cannot broadcast"));
}

TEST_CASE("broadcast_shapes: all pairs of small shapes follow the rule", "[02.1][property]") {
  // An axis may hold at most one size besides 1; that size, or else 1, is the result.
  std::vector<Shape> shapes{Shape{}};
  for (std::size_t i = 0; i < 21; ++i) {  // all shapes of up to 3 axes of the sizes 1, 2, 4 and 0
    for (const Index size : {1, 2, 4, 0}) {
      shapes.push_back(shapes[i]);
      shapes.back().push_back(size);
    }
  }
  for (const Shape& a : shapes) {
    for (const Shape& b : shapes) {
      Shape expected(std::max(a.size(), b.size()), 1);
      bool fits = true;
      for (std::size_t back = 1; back <= expected.size(); ++back) {
        std::set<Index> sizes;
        if (back <= a.size()) sizes.insert(a[a.size() - back]);
        if (back <= b.size()) sizes.insert(b[b.size() - back]);
        sizes.erase(1);
        fits = fits && sizes.size() < 2;
        if (!sizes.empty()) expected[expected.size() - back] = *sizes.begin();
      }
      INFO("broadcast_shapes(" << a << ", " << b << ")");
      if (fits) REQUIRE(broadcast_shapes(a, b) == expected);
      else REQUIRE_THROWS_AS(broadcast_shapes(a, b), ShapeError);
    }
  }
}

TEST_CASE("map_binary: a column plus a row fills the table", "[02.3][02.1][core]") {
  const Tensor column = tensor({10, 20, 30}, {3, 1});
  const Tensor row = tensor({1, 2, 3, 4});
  CHECK_TENSOR(column + row, values({11, 12, 13, 14, 21, 22, 23, 24, 31, 32, 33, 34}, {3, 4}));
  CHECK_TENSOR(row - column,
               values({-9, -8, -7, -6, -19, -18, -17, -16, -29, -28, -27, -26}, {3, 4}));
}

TEST_CASE("map_binary: a row meets every row and a column every column", "[02.3][core]") {
  const Tensor x = tensor({1, 2, 3, 4, 5, 6}, {2, 3});
  CHECK_TENSOR(x * tensor({1, 10, 100}), values({1, 20, 300, 4, 50, 600}, {2, 3}));
  CHECK_TENSOR(x * tensor({1, 10}, {2, 1}), values({1, 2, 3, 40, 50, 60}, {2, 3}));
  CHECK_TENSOR(x / 2, values({0.5, 1, 1.5, 2, 2.5, 3}, {2, 3}));
}

TEST_CASE("map_binary: operands may be transposed and sliced views", "[02.3][edge]") {
  const Tensor x = tensor({0, 1, 2, 3, 4, 5}, {2, 3});
  const Tensor y = tensor({10, 20, 30, 40, 50, 60}, {3, 2});
  // x transposed is [[0, 3], [1, 4], [2, 5]].
  CHECK_TENSOR(y - x.transpose(0, 1), values({10, 17, 29, 36, 48, 55}, {3, 2}));
  // Every other number, from the second on, and the last column: both begin inside their storage.
  CHECK_TENSOR(arange(8).slice(0, 1, 8, 2) - x.slice(1, 2, 3),
               values({-1, 1, 3, 5, -4, -2, 0, 2}, {2, 4}));
  CHECK_TENSOR(x.select(1, 1) - y.select(1, 1).slice(0, 1, 3), values({1 - 40, 4 - 60}, {2}));
}

TEST_CASE("map_binary: size 0 and size 1 give what the shape rule says", "[02.3][edge]") {
  CHECK_SHAPE(zeros({0, 3}) + zeros({3}), {0, 3});
  CHECK_SHAPE(zeros({2, 1}) + zeros({0}), {2, 0});
  CHECK_TENSOR(tensor({7}, {1, 1}) - scalar(2), values({5}, {1, 1}));
  CHECK_TENSOR(scalar(2) - tensor({7, 8}), values({-5, -6}, {2}));
}

TEST_CASE("map_binary: views of any layout agree with reading number by number",
          "[02.3][property]") {
  Rng rng(2);
  const Tensor big = randn({4, 5, 6}, rng);
  const Tensor small = randn({6, 5}, rng);
  const auto check = [](const Tensor& x, const Tensor& y, const Shape& shape) {
    CHECK_TENSOR_NEAR(x - y, difference_by_hand(x, y, shape), 1e-6);
  };
  check(big, small.transpose(0, 1), {4, 5, 6});
  check(big.permute({2, 0, 1}), small.unsqueeze(1).slice(2, 1, 2), {6, 4, 5});
  check(big.slice(1, 1, 5, 3), small.select(1, 3), {4, 2, 6});
  check(small.slice(0, 2, 3), big.permute({0, 2, 1}), {4, 6, 5});
  check(big.slice(0, 3, 4).expand({2, 5, 6}), big.select(2, 5).slice(0, 0, 2).unsqueeze(2),
        {2, 5, 6});
}

TEST_CASE("map_binary: broadcasting copies neither operand", "[02.3][systems]") {
  const Tensor column = ones({50, 1}), row = ones({1, 40});
  const memory::Stats before = memory::stats();
  const Tensor table = column + row;
  const memory::Stats after = memory::stats();
  CHECK(after.allocations - before.allocations == 1);
  CHECK(after.allocated_bytes - before.allocated_bytes == 50 * 40 * sizeof(real));
  CHECK(table.is_contiguous());
}
