// 06_losses / reduction.hpp and regression.hpp: none, sum, mean; squared and absolute distances.
#include <cmath>

#include <tinytorch/losses.hpp>
#include "tensor_close.hpp"

using namespace tinytorch;
using namespace tt_test;

TEST_CASE("reduced: none keeps each loss and sum and mean make one number", "[06.1][core]") {
  const Tensor losses = tensor({1, 2, 6});
  CHECK_TENSOR(detail::reduced(losses, Reduction::none, 3), values({1, 2, 6}, {3}));
  CHECK_TENSOR(detail::reduced(losses, Reduction::sum, 3), values({9}, {}));
  CHECK_TENSOR(detail::reduced(losses, Reduction::mean, 3), values({3}, {}));
}

TEST_CASE("reduced: the mean is over what was counted and not over all", "[06.1][edge]") {
  const Tensor losses = tensor({1, 0, 6, 0}, {2, 2});
  CHECK_TENSOR(detail::reduced(losses, Reduction::mean, 2), values({3.5}, {}));
  CHECK_TENSOR(detail::reduced(losses, Reduction::sum, 2), values({7}, {}));
  CHECK(std::isnan(detail::reduced(losses, Reduction::mean, 0).item() * 0));  // 7 / 0 is inf
  CHECK(std::isnan(detail::reduced(zeros({2}), Reduction::mean, 0).item()));
}

TEST_CASE("reduced: the gradient of a mean is divided and that of a sum is not", "[06.1][core]") {
  Tensor losses = tensor({1, 2, 6, 3});
  losses.set_requires_grad(true);
  CHECK_TENSOR(grad(detail::reduced(losses, Reduction::mean, 4), {losses})[0],
               values({0.25, 0.25, 0.25, 0.25}, {4}));
  CHECK_TENSOR(grad(detail::reduced(losses, Reduction::sum, 4), {losses})[0],
               values({1, 1, 1, 1}, {4}));
}

TEST_CASE("mse_loss: squares of the differences in all three reductions", "[06.2][06.1][core]") {
  const Tensor x = tensor({1, 2, 3}), y = tensor({1, 0, 6});
  CHECK_TENSOR(mse_loss(x, y, {.reduction = Reduction::none}), values({0, 4, 9}, {3}));
  CHECK_TENSOR(mse_loss(x, y, {.reduction = Reduction::sum}), values({13}, {}));
  CHECK_TENSOR(mse_loss(x, y), values({13.0 / 3}, {}));
}

TEST_CASE("mse_loss: its gradient is twice the difference over the count", "[06.2][core]") {
  Tensor x = tensor({1, -2, 3, 0}, {2, 2});
  x.set_requires_grad(true);
  mse_loss(x, tensor({0, 2, 3, 8}, {2, 2})).backward();
  CHECK_TENSOR(x.grad(), values({0.5, -2, 0, -4}, {2, 2}));  // 2 (x - y) / 4
}

TEST_CASE("mse_loss: reads views and scalars and says no to two shapes", "[06.2][errors]") {
  const Tensor x = tensor({1, 2, 3, 4, 5, 6}, {2, 3});
  CHECK_TENSOR(mse_loss(x.transpose(0, 1), zeros({3, 2}), {.reduction = Reduction::none}),
               values({1, 16, 4, 25, 9, 36}, {3, 2}));
  CHECK(mse_loss(scalar(3), scalar(1)).item() == 4);
  CHECK_THROWS_WITH(
      mse_loss(zeros({3, 1}), zeros({3})),
      contains("mse_loss: expects input and target of one shape, got [3, 1] and [3]"));
  CHECK_THROWS_AS(l1_loss(zeros({2}), zeros({3})), ShapeError);
}

TEST_CASE("l1_loss: distances and gradients of size one", "[06.1][core]") {
  Tensor x = tensor({1, -2, 3});
  x.set_requires_grad(true);
  const Tensor y = tensor({3, -7, 3});
  CHECK_TENSOR(l1_loss(x, y, {.reduction = Reduction::none}), values({2, 5, 0}, {3}));
  CHECK_TENSOR(grad(l1_loss(x, y, {.reduction = Reduction::sum}), {x})[0], values({-1, 1, 0}, {3}));
  CHECK_TENSOR(l1_loss(x, y), values({7.0 / 3}, {}));
}
