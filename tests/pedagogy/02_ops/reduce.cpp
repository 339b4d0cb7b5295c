// Reductions: which axes go, and where the numbers of the others end up. sum, max, min.
#include <functional>
#include <limits>

#include "tensor_close.hpp"

#include <tinytorch/ops.hpp>

using namespace tinytorch;
using namespace tt_test;

namespace {

const real infinity = std::numeric_limits<real>::infinity();
const real not_a_number = std::numeric_limits<real>::quiet_NaN();

/// Folds the numbers of x over `axes` into one slot each, in double, one number at a time.
Values fold(const Tensor& x, const Shape& axes, bool keepdim, double start,
            const std::function<double(double, double)>& step) {
  const auto reduced = [&](std::size_t axis) {
    return std::find(axes.begin(), axes.end(), Index(axis)) != axes.end();
  };
  Values result{{}, {}};
  Index count = 1;
  for (std::size_t axis = 0; axis < x.shape().size(); ++axis) {
    if (!reduced(axis)) count *= x.shape()[axis];
    if (!reduced(axis) || keepdim) result.shape.push_back(reduced(axis) ? 1 : x.shape()[axis]);
  }
  result.numbers.assign(std::size_t(count), start);
  for (const Shape& index : all_indices(x.shape())) {
    std::size_t slot = 0;
    for (std::size_t axis = 0; axis < index.size(); ++axis) {
      if (!reduced(axis)) slot = slot * std::size_t(x.shape()[axis]) + std::size_t(index[axis]);
    }
    result.numbers[slot] = step(result.numbers[slot], double(x.at(index)));
  }
  return result;
}

const std::vector<Shape> subsets_of_three = {{}, {0}, {1}, {2}, {0, 1}, {0, 2}, {1, 2}, {0, 1, 2}};

}  // namespace

TEST_CASE("reduced_shape: a reduced axis goes or becomes 1", "[02.6][core]") {
  CHECK(reduced_shape({2, 3, 4}, {1}, false) == Shape{2, 4});
  CHECK(reduced_shape({2, 3, 4}, {1}, true) == Shape{2, 1, 4});
  CHECK(reduced_shape({2, 3, 4}, {0, 2}, false) == Shape{3});
  CHECK(reduced_shape({2, 3, 4}, {0, 1, 2}, false) == Shape{});
  CHECK(reduced_shape({2, 3, 4}, {0, 1, 2}, true) == Shape{1, 1, 1});
}

TEST_CASE("reduced_shape: axes are known by place and not by size", "[02.6][edge]") {
  CHECK(reduced_shape({3, 3, 3}, {1}, true) == Shape{3, 1, 3});
  CHECK(reduced_shape({1, 3, 1}, {1}, false) == Shape{1, 1});  // a size of 1 is no reason to go
  CHECK(reduced_shape({2, 0, 3}, {1}, false) == Shape{2, 3});
  CHECK(reduced_shape({2, 0, 3}, {0}, true) == Shape{1, 0, 3});
  CHECK(reduced_shape({2, 3}, Shape{}, false) == Shape{2, 3});
  CHECK(reduced_shape(Shape{}, Shape{}, true) == Shape{});
}

TEST_CASE("sum: over the rows of a matrix and over its columns", "[02.7][core]") {
  const Tensor x = tensor({1, 2, 3, 4, 5, 6}, {2, 3});
  CHECK_TENSOR(sum(x, 1), values({6, 15}, {2}));
  CHECK_TENSOR(sum(x, 0), values({5, 7, 9}, {3}));
  CHECK_TENSOR(sum(x), values({21}, {}));
  CHECK_TENSOR(sum(x, -1, true), values({6, 15}, {2, 1}));
  CHECK_TENSOR(sum(x, -2, true), values({5, 7, 9}, {1, 3}));
}

TEST_CASE("sum: several axes at once and the middle one alone", "[02.7][core]") {
  const Tensor x = arange(1, 13).reshape({2, 3, 2});  // element [i, j, k] is 1 + 6 i + 2 j + k
  CHECK_TENSOR(sum(x, {0, 2}), values({18, 26, 34}, {3}));   // four terms: 4 + 12 + 8 j + 2
  CHECK_TENSOR(sum(x, 1), values({9, 12, 27, 30}, {2, 2}));  // three terms: 3 + 18 i + 6 + 3 k
  CHECK_TENSOR(sum(x, {-1, 0}, true), values({18, 26, 34}, {1, 3, 1}));
  CHECK_TENSOR(sum(x, Shape{}), values({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}, {2, 3, 2}));
}

TEST_CASE("sum: a view is read along its strides and from its offset", "[02.7][edge]") {
  const Tensor x = tensor({1, 2, 3, 4, 5, 6}, {2, 3});
  CHECK_TENSOR(sum(x.transpose(0, 1), 1), values({5, 7, 9}, {3}));
  CHECK_TENSOR(sum(x.transpose(0, 1), 0), values({6, 15}, {2}));
  CHECK_TENSOR(sum(x.slice(1, 1, 3), 1), values({5, 11}, {2}));
  CHECK_TENSOR(sum(x.slice(1, 0, 3, 2), 0), values({5, 9}, {2}));
  CHECK_TENSOR(sum(x.select(0, 1).expand({4, 3}), 0), values({16, 20, 24}, {3}));
}

TEST_CASE("sum: no numbers make 0 and a scalar is its own sum", "[02.7][edge]") {
  CHECK_TENSOR(sum(zeros({0})), values({0}, {}));
  CHECK_TENSOR(sum(zeros({2, 0, 3}), 1), values({0, 0, 0, 0, 0, 0}, {2, 3}));
  CHECK_SHAPE(sum(zeros({0, 3}), 1), {0});
  CHECK_TENSOR(sum(scalar(5)), values({5}, {}));
  CHECK_TENSOR(sum(tensor({7}, {1, 1}), 0), values({7}, {1}));
}

TEST_CASE("sum: a long row is added up in double", "[02.7][edge]") {
  // 2^24 + 1 is no float: added one at a time in float, both ones would be lost. 2^24 + 2 is a float.
  const Tensor row = tensor({16777216, 1, 1});
  CHECK(sum(row).item() == 16777218);
  CHECK(sum(row.reshape({1, 3}), 1).item() == 16777218);
}

TEST_CASE("sum: every set of axes of views agrees with adding number by number",
          "[02.7][property]") {
  Rng rng(5);
  const Tensor base = randn({4, 3, 10}, rng);
  const Tensor sliced = base.slice(2, 1, 10, 2).permute({2, 0, 1});       // [5, 4, 3]
  const Tensor repeated = base.slice(1, 1, 2).expand({4, 6, 10});         // stride 0 in the middle
  const Tensor columns = base.select(0, 2).transpose(0, 1).unsqueeze(1);  // [10, 1, 3]
  for (const Tensor& x : {base, sliced, repeated, columns}) {
    for (const Shape& axes : subsets_of_three) {
      INFO("shape " << x.shape() << ", strides " << x.strides() << ", axes " << axes);
      for (const bool keepdim : {false, true}) {
        CHECK_TENSOR(sum(x, axes, keepdim), fold(x, axes, keepdim, 0, std::plus<double>()));
      }
    }
  }
}

TEST_CASE("sum: axes out of range and axes named twice are refused", "[02.7][errors]") {
  const Tensor x = ones({2, 3});
  CHECK(sum(x, {1, 0}).item() == 6);  // any order is fine
  CHECK_THROWS_AS(sum(x, 2), IndexError);
  CHECK_THROWS_WITH(sum(x, -3), contains("sum: expects an axis in [-2, 1], got -3"));
  CHECK_THROWS_AS(sum(x, {1, -1}), ShapeError);
}

TEST_CASE("sum: a view is summed where it lies and each number costs one addition",
          "[02.7][systems]") {
  const Tensor x = ones({30, 40}).transpose(0, 1);
  FlopCounter counter;
  const memory::Stats before = memory::stats();
  const Tensor y = sum(x, 0);  // [30]
  const memory::Stats after = memory::stats();
  CHECK(after.allocations - before.allocations == 1);
  CHECK(after.allocated_bytes - before.allocated_bytes == 30 * sizeof(real));
  CHECK(counter.total() == 1200);
  CHECK(y.at({29}) == 40);
}

TEST_CASE("max: the largest of each row and of each column and of all", "[02.8][core]") {
  const Tensor x = tensor({1, 8, 3, 7, 2, 9}, {2, 3});
  CHECK_TENSOR(max(x, 1), values({8, 9}, {2}));
  CHECK_TENSOR(max(x, 0, true), values({7, 8, 9}, {1, 3}));
  CHECK_TENSOR(max(x), values({9}, {}));
  CHECK_TENSOR(min(x, 1), values({1, 2}, {2}));
  CHECK_TENSOR(min(x, -2), values({1, 2, 3}, {3}));
  CHECK_TENSOR(min(x), values({1}, {}));
  CHECK_TENSOR(max(x.transpose(0, 1).slice(0, 1, 3), 1), values({8, 9}, {2}));  // [[8, 2], [3, 9]]
  CHECK_TENSOR(max(x.transpose(0, 1).slice(0, 1, 3), 0), values({8, 9}, {2}));
}

TEST_CASE("max: may be negative or infinite", "[02.8][edge]") {
  const Tensor x = tensor({-5, -2, -3, -9}, {2, 2});  // a search that begins with 0 finds 0
  CHECK_TENSOR(max(x, 1), values({-2, -3}, {2}));
  CHECK_TENSOR(max(x, 0), values({-3, -2}, {2}));
  CHECK_TENSOR(max(tensor({-infinity, -infinity})), values({-infinity}, {}));
  CHECK_TENSOR(max(tensor({1, infinity, -infinity})), values({infinity}, {}));
  CHECK_TENSOR(max(scalar(-4)), values({-4}, {}));
}

TEST_CASE("max: NaN wins wherever it stands", "[02.8][edge]") {
  const Tensor x = tensor({not_a_number, 1, 2, 3, not_a_number, 4, 5, 6, not_a_number}, {3, 3});
  const Tensor y = tensor({not_a_number, 1, infinity, 3, 4, 5}, {2, 3});
  CHECK_TENSOR(max(x, 1), values({not_a_number, not_a_number, not_a_number}, {3}));
  CHECK_TENSOR(max(x, 0), values({not_a_number, not_a_number, not_a_number}, {3}));
  CHECK_TENSOR(max(y, 1), values({not_a_number, 5}, {2}));
  CHECK_TENSOR(max(y, 0), values({not_a_number, 4, infinity}, {3}));
  CHECK_TENSOR(min(y, 1), values({not_a_number, 3}, {2}));
}

TEST_CASE("max: every set of axes of views agrees with comparing number by number",
          "[02.8][property]") {
  Rng rng(6);
  const Tensor x = randn({3, 5, 8}, rng).slice(2, 1, 8, 3).permute({2, 0, 1});  // [3, 3, 5]
  for (const Shape& axes : subsets_of_three) {
    INFO("axes " << axes);
    const auto larger = [](double best, double value) { return value > best ? value : best; };
    CHECK_TENSOR(max(x, axes), fold(x, axes, false, -1e30, larger));
    CHECK_TENSOR(max(x, axes, true), fold(x, axes, true, -1e30, larger));
  }
}

TEST_CASE("max: of nothing does not exist", "[02.8][errors]") {
  CHECK_SHAPE(max(zeros({2, 0}), 0), {0});  // no columns: no maxima asked for
  CHECK_THROWS_AS(max(zeros({2, 0}), 1), ShapeError);
  CHECK_THROWS_WITH(max(zeros({0})), contains("max: expects at least one element, got none"));
}
