// regression: operations that dropped gradients without a word, and one that sent them to the wrong place.
//
// In the original, mean() was not tracked, so that a loss made with it trained nothing and raised nothing; Tanh was
// missed in the same way (issues 1341, 1343; the fork's 53). The rule of sum ignored the axis: a 3 x 3 matrix summed
// over axis 1, with [1, 10, 100] coming back, got [1, 10, 100] in every row. On [2, 3] it failed to run at all.
#include "tensor_close.hpp"

#include <tinytorch/autograd.hpp>

using namespace tinytorch;
using namespace tt_test;

namespace {

Tensor leaf(const std::vector<real>& numbers, const Shape& shape) {
  Tensor t = tensor(numbers, shape);
  t.set_requires_grad(true);
  return t;
}

}  // namespace

TEST_CASE("dropped gradients: mean passes one over the count to each number",
          "[03.18][03.8][regression]") {
  const Tensor x = leaf({1, 2, 3, 4}, {2, 2});
  mean(x * x).backward();
  CHECK_TENSOR(x.grad(), values({0.5, 1, 1.5, 2}, {2, 2}));  // 2 x / 4
  x.zero_grad();
  mean(x, 0).backward(tensor({2, 20}));
  CHECK_TENSOR(x.grad(), values({1, 10, 1, 10}, {2, 2}));
}

TEST_CASE("dropped gradients: sum over an axis of a square matrix returns rows as rows",
          "[03.18][regression]") {
  const Tensor x = leaf({1, 2, 3, 4, 5, 6, 7, 8, 9}, {3, 3});
  sum(x, 1).backward(tensor({1, 10, 100}));
  CHECK_TENSOR(x.grad(), values({1, 1, 1, 10, 10, 10, 100, 100, 100}, {3, 3}));
  x.zero_grad();
  sum(x, 0).backward(tensor({1, 10, 100}));
  CHECK_TENSOR(x.grad(), values({1, 10, 100, 1, 10, 100, 1, 10, 100}, {3, 3}));
  const Tensor wide = leaf({1, 2, 3, 4, 5, 6}, {2, 3});
  sum(wide, 1).backward(tensor({1, 10}));
  CHECK_TENSOR(wide.grad(), values({1, 1, 1, 10, 10, 10}, {2, 3}));
}

TEST_CASE("dropped gradients: tanh and max and var reach the leaf",
          "[03.11][03.19][03.7][regression]") {
  const Tensor x = leaf({0, 0}, {2});
  sum(tanh(x)).backward();
  CHECK_TENSOR(x.grad(), values({1, 1}, {2}));
  const Tensor y = leaf({3, 8, 1}, {3});
  max(y).backward();
  CHECK_TENSOR(y.grad(), values({0, 1, 0}, {3}));
  const Tensor z = leaf({1, 2, 6}, {3});
  var(z).backward();
  CHECK_TENSOR(z.grad(), values({-2, -1, 3}, {3}));  // 2 (z - 3) / (3 - 1)
}
