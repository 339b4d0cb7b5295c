// mse_loss and l1_loss, and what a reduction does to the losses of a batch.
#include <limits>

#include "tensor_close.hpp"

#include <tinytorch/losses.hpp>

using namespace tinytorch;
using namespace tt_test;

namespace {

const double not_a_number = std::numeric_limits<double>::quiet_NaN();

}  // namespace

TEST_CASE("reduction: the losses themselves or their sum or their mean", "[06.1][core]") {
  const Tensor losses = tensor({1, 2, 6});
  CHECK_TENSOR(detail::reduced(losses, Reduction::none, 3), values({1, 2, 6}, {3}));
  CHECK_TENSOR(detail::reduced(losses, Reduction::sum, 3), values({9}, {}));
  CHECK_TENSOR(detail::reduced(losses, Reduction::mean, 3), values({3}, {}));
}

TEST_CASE("reduction: the mean is over what counts", "[06.1][core]") {
  const Tensor losses = tensor({1, 0, 6});  // the 0 belongs to an example that is ignored
  CHECK_TENSOR(detail::reduced(losses, Reduction::mean, 2), values({3.5}, {}));
  CHECK_TENSOR(detail::reduced(losses, Reduction::sum, 2), values({7}, {}));
  CHECK_TENSOR(detail::reduced(losses, Reduction::none, 2), values({1, 0, 6}, {3}));
}

TEST_CASE("reduction: over all axes at once", "[06.1][edge]") {
  const Tensor losses = tensor({1, 2, 3, 4, 5, 9}, {2, 3}).transpose(0, 1);
  CHECK_TENSOR(detail::reduced(losses, Reduction::mean, 6), values({4}, {}));
  CHECK_TENSOR(detail::reduced(losses, Reduction::none, 6), values({1, 4, 2, 5, 3, 9}, {3, 2}));
}

TEST_CASE("reduction: the mean of nothing is NaN and the sum is 0", "[06.1][edge]") {
  CHECK_TENSOR(detail::reduced(zeros({0}), Reduction::mean, 0), values({not_a_number}, {}));
  CHECK_TENSOR(detail::reduced(zeros({0}), Reduction::sum, 0), values({0}, {}));
  CHECK_TENSOR(detail::reduced(zeros({2}), Reduction::mean, 0), values({not_a_number}, {}));
}

TEST_CASE("reduction: a batch given twice has the same mean and twice the sum",
          "[06.1][property]") {
  Rng rng(61);
  const Tensor x = randn({4, 3}, rng), y = randn({4, 3}, rng);
  const Tensor twice = cat({x, x}, 0), targets = cat({y, y}, 0);
  const double mean = double(mse_loss(x, y).item());
  CHECK_TENSOR(mse_loss(twice, targets), values({mean}, {}));
  CHECK_TENSOR(mse_loss(twice, targets, {.reduction = Reduction::sum}), values({24 * mean}, {}));
}

TEST_CASE("mse_loss: the squared distances", "[06.2][core]") {
  const Tensor x = tensor({1, 2, 3}), y = tensor({1, 0, 6});
  CHECK_TENSOR(mse_loss(x, y, {.reduction = Reduction::none}), values({0, 4, 9}, {3}));
  CHECK_TENSOR(mse_loss(x, y, {.reduction = Reduction::sum}), values({13}, {}));
  CHECK_TENSOR(mse_loss(x, y), values({13.0 / 3}, {}));
}

TEST_CASE("mse_loss: the gradient is twice the distance over the count", "[06.2][core]") {
  Tensor x = tensor({1, 2, 3, 4}, {2, 2}), y = tensor({1, 0, 6, 4.5f}, {2, 2});
  x.set_requires_grad(true);
  y.set_requires_grad(true);
  mse_loss(x, y).backward();
  CHECK_TENSOR(x.grad(), values({0, 1, -1.5, -0.25}, {2, 2}));  // 2 * [0, 2, -3, -0.5] / 4
  CHECK_TENSOR(y.grad(), values({0, -1, 1.5, 0.25}, {2, 2}));
}

TEST_CASE("mse_loss: single numbers and views and no numbers", "[06.2][edge]") {
  CHECK_TENSOR(mse_loss(scalar(5), scalar(2)), values({9}, {}));
  const Tensor x = tensor({1, 2, 3, 4, 5, 6}, {2, 3});
  CHECK_TENSOR(mse_loss(x.transpose(0, 1), zeros({3, 2}), {.reduction = Reduction::none}),
               values({1, 16, 4, 25, 9, 36}, {3, 2}));
  CHECK_TENSOR(mse_loss(zeros({0, 3}), zeros({0, 3})), values({not_a_number}, {}));
}

TEST_CASE("mse_loss: shapes that would broadcast are refused", "[06.2][06.1][errors]") {
  CHECK_THROWS_WITH(
      mse_loss(zeros({4, 1}), zeros({4})),
      contains("mse_loss: expects input and target of one shape, got [4, 1] and [4]\n  hint:"));
  CHECK_THROWS_AS(mse_loss(zeros({3}), scalar(0)), ShapeError);
  CHECK_TENSOR(mse_loss(zeros({4, 1}), zeros({4, 1})), values({0}, {}));
}

TEST_CASE("l1_loss: the distances", "[06.1][core]") {
  const Tensor x = tensor({1, 2, 3}), y = tensor({1, 0, 6});
  CHECK_TENSOR(l1_loss(x, y, {.reduction = Reduction::none}), values({0, 2, 3}, {3}));
  CHECK_TENSOR(l1_loss(x, y, {.reduction = Reduction::sum}), values({5}, {}));
  CHECK_TENSOR(l1_loss(x, y), values({5.0 / 3}, {}));
}

TEST_CASE("l1_loss: an outlier pulls no more than others", "[06.1][edge]") {
  Tensor x = tensor({0, 1, 2, 1000});
  x.set_requires_grad(true);
  l1_loss(x, tensor({1, 1, 1, 1})).backward();
  CHECK_TENSOR(x.grad(), values({-0.25, 0, 0.25, 0.25}, {4}));
  CHECK_THROWS_WITH(l1_loss(zeros({2}), zeros({2, 1})), contains("l1_loss: expects"));
}
