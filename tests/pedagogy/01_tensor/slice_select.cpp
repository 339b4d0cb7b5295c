// 01_tensor / views.hpp: a part of a tensor, without a copy.
//
// slice keeps some indices of an axis, select keeps one and drops the axis. Both move the offset; slice also
// stretches a stride. What they show is the memory of the tensor they came from.
#include "tensor_close.hpp"

#include <tinytorch/tensor.hpp>

using namespace tinytorch;
using namespace tt_test;

namespace {

/// 0, 1, 2, ... in row-major order.
Tensor counting(const Shape& shape) {
  Tensor t = zeros(shape);
  for (Index i = 0; i < t.numel(); ++i) t.data()[i] = static_cast<real>(i);
  return t;
}

}  // namespace

TEST_CASE("slice: moves the offset and stretches the stride", "[01.9][core]") {
  const Tensor part = arange(10).slice(0, 1, 8, 3);
  CHECK_TENSOR(part, values({1, 4, 7}, {3}));  // three elements below 8: 7 / 3 rounded up
  CHECK(part.strides() == Shape{3});
  CHECK(part.offset() == 1);
  CHECK_TENSOR(arange(10).slice(0, 1, 7, 3), values({1, 4}, {2}));  // 7 itself is not below 7
}

TEST_CASE("slice: one axis changes and the others stay", "[01.9][core]") {
  // [[0, 1, 2, 3], [4, 5, 6, 7], [8, 9, 10, 11]]
  const Tensor x = counting({3, 4});
  const Tensor columns = x.slice(1, 1, 4, 2);
  CHECK_TENSOR(columns, values({1, 3, 5, 7, 9, 11}, {3, 2}));
  CHECK(columns.strides() == Shape{4, 2});
  const Tensor rows = x.slice(0, 1, 3);
  CHECK_TENSOR(rows, values({4, 5, 6, 7, 8, 9, 10, 11}, {2, 4}));
  CHECK(rows.offset() == 4);
  CHECK_TENSOR(x.slice(-2, 0, 3, 2), values({0, 1, 2, 3, 8, 9, 10, 11}, {2, 4}));
}

TEST_CASE("slice: of a view counts in the strides of that view", "[01.9][edge]") {
  // 2, 5, 8, 11, 14, 17 and of those the ones at 1, 3, 5: a step of 2 steps of 3.
  const Tensor twice = arange(20).slice(0, 2, 20, 3).slice(0, 1, 6, 2);
  CHECK_TENSOR(twice, values({5, 11, 17}, {3}));
  CHECK(twice.strides() == Shape{6});
  CHECK(twice.offset() == 5);
  // Rows 1 and 2 of the transpose of [[0, 1, 2], [3, 4, 5]] are its columns 1 and 2.
  const Tensor t(counting({2, 3}).storage(), {3, 2}, {1, 3}, 0);
  CHECK_TENSOR(t.slice(0, 1, 3), values({1, 4, 2, 5}, {2, 2}));
}

TEST_CASE("slice: bounds are read as in Python", "[01.9][edge]") {
  const Tensor x = arange(5);
  CHECK_TENSOR(x.slice(0, -2, 5), values({3, 4}, {2}));
  CHECK_TENSOR(x.slice(0, 0, -1), values({0, 1, 2, 3}, {4}));
  CHECK_TENSOR(x.slice(0, -100, 100, 4), values({0, 4}, {2}));
  CHECK_TENSOR(x.slice(0, 1, 5, 50), values({1}, {1}));
  CHECK_SHAPE(x.slice(0, 3, 3), {0});
  CHECK_SHAPE(x.slice(0, 4, 1), {0});  // nothing, not a negative size
  CHECK_SHAPE(x.slice(0, 7, 9), {0});
  CHECK_SHAPE(zeros({0, 3}).slice(0, 0, 5, 2), {0, 3});
}

TEST_CASE("slice: holds the elements that a loop would visit", "[01.9][property]") {
  const Tensor x = tensor({10, 11, 12, 13, 14, 15, 16});
  for (Index start = 0; start <= 7; ++start) {
    for (Index stop = 0; stop <= 7; ++stop) {
      for (Index step = 1; step <= 4; ++step) {
        CAPTURE(start, stop, step);
        Values expected{{}, {0}};
        for (Index i = start; i < stop; i += step) expected.numbers.push_back(double(10 + i));
        expected.shape[0] = static_cast<Index>(expected.numbers.size());
        REQUIRE(difference(read(x.slice(0, start, stop, step)), expected, 0) == "");
      }
    }
  }
}

TEST_CASE("slice: a step below 1 and an axis that is not there are errors", "[01.9][errors]") {
  const Tensor x = counting({2, 3});
  CHECK_SHAPE(x.slice(-1, 0, 2), {2, 2});
  REQUIRE_THROWS_AS((void)x.slice(0, 0, 2, 0), ValueError);
  REQUIRE_THROWS_AS((void)x.slice(0, 0, 2, -1), ValueError);
  REQUIRE_THROWS_AS((void)x.slice(2, 0, 1), IndexError);
  REQUIRE_THROWS_AS((void)x.slice(-3, 0, 1), IndexError);
  CHECK_THROWS_WITH((void)x.slice(0, 0, 2, -1), contains("slice") && contains("-1"));
}

TEST_CASE("select: one index of an axis and the axis is gone", "[01.10][core]") {
  const Tensor x = counting({2, 3});  // [[0, 1, 2], [3, 4, 5]]
  CHECK_TENSOR(x.select(0, 1), values({3, 4, 5}, {3}));
  const Tensor column = x.select(1, 2);
  CHECK_TENSOR(column, values({2, 5}, {2}));
  CHECK(column.strides() == Shape{3});
  CHECK(column.offset() == 2);
  CHECK_TENSOR(counting({2, 3, 4}).select(1, 2), values({8, 9, 10, 11, 20, 21, 22, 23}, {2, 4}));
  const Tensor one = column.select(0, -1);  // no axis is left
  CHECK_SHAPE(one, {});
  CHECK(one.strides().empty());
  CHECK(one.item() == 5);
}

TEST_CASE("select: an index out of range is an error that shows the range", "[01.10][errors]") {
  const Tensor x = counting({2, 3});
  CHECK_TENSOR(x.select(1, -3), values({0, 3}, {2}));  // the last index that is still good
  REQUIRE_THROWS_AS((void)x.select(1, 3), IndexError);
  REQUIRE_THROWS_AS((void)x.select(1, -4), IndexError);
  REQUIRE_THROWS_AS((void)scalar(1).select(0, 0), IndexError);
  CHECK_THROWS_WITH((void)x.select(1, 3),
                    contains("[-3, 2]") && contains("[2, 3]") && contains("got 3"));
}

TEST_CASE("slice and select: cost no storage and what is written through them arrives",
          "[01.10][01.9][systems]") {
  const Tensor x = zeros({4, 6});
  const auto before = memory::stats();
  Tensor row = x.select(0, 2);
  Tensor corner = x.slice(0, 2, 4).slice(1, 0, 6, 3);
  CHECK(memory::stats().allocations == before.allocations);
  CHECK(memory::stats().live_bytes == before.live_bytes);
  CHECK(row.shares_storage_with(x));
  CHECK(corner.shares_storage_with(x));
  row.set({3}, 7);  // x[2, 3], which is corner[0, 1]
  CHECK(x.at({2, 3}) == 7);
  CHECK(corner.at({0, 1}) == 7);
  corner.set({1, 0}, 8);
  CHECK(x.at({3, 0}) == 8);
}
