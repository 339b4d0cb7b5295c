// max_pool2d and avg_pool2d: which numbers win, and where gradients go.
#include <cmath>
#include <limits>
#include <vector>

#include "tensor_close.hpp"

#include <tinytorch/convolutions.hpp>

using namespace tinytorch;
using namespace tt_test;

namespace {

constexpr real inf = std::numeric_limits<real>::infinity();

Tensor image(const std::vector<real>& numbers, Index height, Index width) {
  return tensor(numbers, {1, 1, height, width});
}

/// Largest number or sum of each window, one number at a time; the padding is left out of both.
Tensor pool_slowly(const Tensor& x, Index kernel, Index stride, Index padding, bool largest) {
  const auto places = [&](Index in) { return (in + 2 * padding - kernel) / stride + 1; };
  Tensor out = zeros({x.size(0), x.size(1), places(x.size(2)), places(x.size(3))});
  for (const Shape& at : all_indices(out.shape())) {
    real best = -inf, total = 0;
    for (Index tap = 0; tap < kernel * kernel; ++tap) {
      const Index row = at[2] * stride + tap / kernel - padding;
      const Index column = at[3] * stride + tap % kernel - padding;
      if (row < 0 || row >= x.size(2) || column < 0 || column >= x.size(3)) continue;
      const real value = x.at({at[0], at[1], row, column});
      best = std::max(best, value);
      total += value;
    }
    out.set(at, largest ? best : total / static_cast<real>(kernel * kernel));
  }
  return out;
}

/// The gradient of the sum of the pooled numbers.
Tensor gradient(const Tensor& x, Index kernel, MaxPool2dOptions options) {
  Tensor leaf = x.clone();
  leaf.set_requires_grad(true);
  sum(max_pool2d(leaf, kernel, options)).backward();
  return leaf.grad();
}

}  // namespace

TEST_CASE("max pool: the largest of each window", "[09.10][core]") {
  CHECK_TENSOR(max_pool2d(image({1, 9, 2, 0, 9, 3, 5, 4}, 2, 4), 2), values({9, 5}, {1, 1, 1, 2}));
  // Odd sizes: the last row and column fit no window.
  CHECK_TENSOR(max_pool2d(arange(25).reshape({1, 1, 5, 5}), 2),
               values({6, 8, 16, 18}, {1, 1, 2, 2}));
}

TEST_CASE("max pool: positions count through the whole tensor", "[09.10][core]") {
  const Tensor x = tensor({1, 9, 2, 0, 9, 3, 5, 4, 1, 2, 3, 4, 8, 7, 6, 5}, {2, 1, 2, 4});
  const IndexTensor winners = window_winners(x, Windows(x.shape(), {2, 2}, {.stride = 2}, "test"));
  CHECK(winners.shape() == Shape{2, 1, 1, 2});
  CHECK(winners.to_vector() == std::vector<Index>{1, 6, 12, 14});
}

TEST_CASE("max pool: the first of equal numbers wins", "[09.10][09.11][edge]") {
  CHECK_TENSOR(gradient(image({5, 5, 5, 5}, 2, 2), 2, {}), values({1, 0, 0, 0}, {1, 1, 2, 2}));
  CHECK_TENSOR(gradient(image({1, 5, 5, 5}, 2, 2), 2, {}), values({0, 1, 0, 0}, {1, 1, 2, 2}));
  CHECK_TENSOR(gradient(full({1, 1, 2, 2}, -inf), 2, {}), values({1, 0, 0, 0}, {1, 1, 2, 2}));
}

TEST_CASE("max pool: the padding never wins", "[09.10][edge]") {
  const Tensor x = image({-1, -2, -3, -4}, 2, 2);
  // Each of the four windows holds one number, and zeros that do not count.
  CHECK_TENSOR(max_pool2d(x, 2, {.stride = 2, .padding = 1}),
               values({-1, -2, -3, -4}, {1, 1, 2, 2}));
}

TEST_CASE("max pool: NaN comes through", "[09.10][edge]") {
  const real nan = std::numeric_limits<real>::quiet_NaN();
  const Tensor y = max_pool2d(image({1, nan, 3, 4, 2, 9, 5, nan, 0, 1, 2, 3}, 2, 6), 2);
  CHECK_TENSOR(y, values({double(nan), 4, 9}, {1, 1, 1, 3}));
  CHECK(std::isnan(max_pool2d(image({nan, 7, 8, 9}, 2, 2), 2).item()));
}

TEST_CASE("max pool: agrees with looking at every number", "[09.10][property]") {
  Rng rng(96);
  const Tensor x = randn({2, 3, 7, 6}, rng);
  CHECK_TENSOR(max_pool2d(x, 2), pool_slowly(x, 2, 2, 0, true));
  CHECK_TENSOR(max_pool2d(x, 3, {.stride = 2, .padding = 1}), pool_slowly(x, 3, 2, 1, true));
  CHECK_TENSOR(max_pool2d(x, 3, {.stride = 1}), pool_slowly(x, 3, 1, 0, true));
  const Tensor view = x.permute({1, 0, 3, 2}).slice(0, 1, 3);
  CHECK_TENSOR(max_pool2d(view, 2), pool_slowly(view, 2, 2, 0, true));
}

TEST_CASE("max pool: a winner of four windows gets four gradients", "[09.11][core]") {
  const Tensor x = image({1, 2, 3, 4, 9, 5, 6, 7, 8}, 3, 3);
  CHECK_TENSOR(gradient(x, 2, {.stride = 1}), values({0, 0, 0, 0, 4, 0, 0, 0, 0}, {1, 1, 3, 3}));
}

TEST_CASE("max pool: each gradient goes to its own winner", "[09.11][core]") {
  Tensor x = tensor({1, 2, 3, 4, 8, 7, 6, 5}, {1, 2, 2, 2});
  x.set_requires_grad(true);
  max_pool2d(x, 2).backward(tensor({10, 20}, {1, 2, 1, 1}));
  CHECK_TENSOR(x.grad(), values({0, 0, 0, 10, 20, 0, 0, 0}, {1, 2, 2, 2}));
}

TEST_CASE("average pool: the mean of each window", "[09.12][core]") {
  CHECK_TENSOR(avg_pool2d(image({1, 3, 5, 7}, 2, 2), 2), values({4}, {1, 1, 1, 1}));
  CHECK_TENSOR(avg_pool2d(arange(8).reshape({1, 2, 2, 2}), 2), values({1.5, 5.5}, {1, 2, 1, 1}));
}

TEST_CASE("average pool: the padding counts", "[09.12][edge]") {
  // Each window holds one 1 and three zeros of padding, as in PyTorch (count_include_pad).
  CHECK_TENSOR(avg_pool2d(ones({1, 1, 2, 2}), 2, {.stride = 2, .padding = 1}),
               values({0.25, 0.25, 0.25, 0.25}, {1, 1, 2, 2}));
}

TEST_CASE("average pool: agrees with adding up every number", "[09.12][property]") {
  Rng rng(97);
  const Tensor x = randn({2, 3, 7, 6}, rng);
  CHECK_TENSOR(avg_pool2d(x, 3), pool_slowly(x, 3, 3, 0, false));
  CHECK_TENSOR(avg_pool2d(x, 3, {.stride = 2, .padding = 1}), pool_slowly(x, 3, 2, 1, false));
  const Tensor view = x.transpose(0, 1).transpose(2, 3);
  CHECK_TENSOR(avg_pool2d(view, 2), pool_slowly(view, 2, 2, 0, false));
}

TEST_CASE("average pool: the gradient is shared out evenly", "[09.12][09.6][core]") {
  Tensor x = ones({1, 1, 3, 3});
  x.set_requires_grad(true);
  avg_pool2d(x, 2, {.stride = 1}).backward(full({1, 1, 2, 2}, 4));
  CHECK_TENSOR(x.grad(), values({1, 2, 1, 2, 4, 2, 1, 2, 1}, {1, 1, 3, 3}));
}

TEST_CASE("pools: say what they expect", "[09.10][09.12][errors]") {
  const Tensor x = zeros({1, 1, 4, 4});
  CHECK_SHAPE(max_pool2d(x, 2), {1, 1, 2, 2});
  CHECK_SHAPE(avg_pool2d(x, 2), {1, 1, 2, 2});
  CHECK_THROWS_WITH(max_pool2d(zeros({4, 4}), 2),
                    contains("max_pool2d: expects images [N, C, H, W], got [4, 4]"));
  CHECK_THROWS_WITH(avg_pool2d(x, 5), contains("avg_pool2d: expects at least 5 numbers"));
  CHECK_THROWS_WITH(max_pool2d(x, 2, {.padding = 2}),
                    contains("max_pool2d: expects a padding of at most half the kernel, got 2"));
  CHECK_THROWS_AS(max_pool2d(x, 0), ValueError);
}
