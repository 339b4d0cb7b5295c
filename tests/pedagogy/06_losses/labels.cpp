// 06_losses / targets.hpp and nll.hpp: labels as distributions, and the number that a label picks.
#include <cmath>

#include <tinytorch/losses.hpp>
#include "tensor_close.hpp"

using namespace tinytorch;
using namespace tt_test;

TEST_CASE("target_distribution: a label is sure and smoothing takes a share of that",
          "[06.7][core]") {
  const IndexTensor labels = index_tensor({1, 3}, {2});
  CHECK_TENSOR(detail::target_distribution(labels, {2, 4}, 1, 0, -100),
               values({0, 1, 0, 0, 0, 0, 0, 1}, {2, 4}));
  CHECK_TENSOR(detail::target_distribution(labels, {2, 4}, 1, real(0.2), -100),
               values({0.05, 0.85, 0.05, 0.05, 0.05, 0.05, 0.05, 0.85}, {2, 4}));
  CHECK_TENSOR(detail::target_distribution(labels, {2, 4}, 1, 1, -100),
               values({0.25, 0.25, 0.25, 0.25, 0.25, 0.25, 0.25, 0.25}, {2, 4}));
}

TEST_CASE("target_distribution: ignored lines are zero and the class axis may be in the middle",
          "[06.7][edge]") {
  // [1, 3, 2]: labels of the two places 2 and ignored
  CHECK_TENSOR(
      detail::target_distribution(index_tensor({2, 7}, {1, 2}), {1, 3, 2}, 1, real(0.3), 7),
      values({0.1, 0, 0.1, 0, 0.8, 0}, {1, 3, 2}));
  CHECK_TENSOR(detail::target_distribution(index_tensor({0}, {}), {2}, 0, 0, -100),
               values({1, 0}, {2}));
}

TEST_CASE("nll_loss: minus the number at the label", "[06.8][core]") {
  const Tensor x = tensor({-1, -2, -3, -4, -5, -6}, {2, 3});
  const IndexTensor labels = index_tensor({2, 0}, {2});
  CHECK_TENSOR(nll_loss(x, labels, {.reduction = Reduction::none}), values({3, 4}, {2}));
  CHECK_TENSOR(nll_loss(x, labels, {.reduction = Reduction::sum}), values({7}, {}));
  CHECK_TENSOR(nll_loss(x, labels), values({3.5}, {}));
}

TEST_CASE("nll_loss: ignored labels cost nothing and do not count", "[06.8][06.1][edge]") {
  const Tensor x = tensor({-1, -2, -3, -4, -5, -6}, {3, 2});
  const IndexTensor labels = index_tensor({1, -100, 0}, {3});
  CHECK_TENSOR(nll_loss(x, labels), values({3.5}, {}));  // (2 + 5) / 2
  CHECK_TENSOR(nll_loss(x, labels, {.reduction = Reduction::none}), values({2, 0, 5}, {3}));
  // 1 is ignored here, and then the label -100 is an error
  CHECK_TENSOR(nll_loss(x, index_tensor({1, 1, 0}, {3}), {.ignore_index = 1}), values({5}, {}));
  CHECK_THROWS_AS(nll_loss(x, labels, {.ignore_index = 1}), IndexError);
  CHECK(std::isnan(nll_loss(x, index_tensor({-100, -100, -100}, {3})).item()));
}

TEST_CASE("nll_loss: one example and places behind the class axis and views", "[06.8][edge]") {
  CHECK_TENSOR(nll_loss(tensor({-1, -2, -3}), index_tensor({1}, {})), values({2}, {}));
  const Tensor x = tensor({-1, -2, -3, -4, -5, -6, -7, -8}, {2, 2, 2});  // [N, C, d]
  const IndexTensor labels = index_tensor({0, 1, 1, 0}, {2, 2});
  CHECK_TENSOR(nll_loss(x, labels, {.reduction = Reduction::none}), values({1, 4, 7, 6}, {2, 2}));
  CHECK_TENSOR(nll_loss(x.permute({2, 1, 0}), labels, {.reduction = Reduction::none}),
               values({1, 7, 4, 6}, {2, 2}));
}

TEST_CASE("nll_loss: the gradient is where the label is and nowhere else", "[06.9][core]") {
  Tensor x = tensor({-1, -2, -3, -4, -5, -6}, {3, 2});
  x.set_requires_grad(true);
  const Tensor losses =
      nll_loss(x, index_tensor({1, -100, 0}, {3}), {.reduction = Reduction::none});
  losses.backward(tensor({5, 6, 7}));
  CHECK_TENSOR(x.grad(), values({0, -5, 0, 0, -7, 0}, {3, 2}));
}

TEST_CASE("nll_loss: the mean divides the gradient by what counted", "[06.9][edge]") {
  Tensor x = zeros({3, 2, 1});
  x.set_requires_grad(true);
  nll_loss(x, index_tensor({1, -100, 0}, {3, 1})).backward();
  CHECK_TENSOR(x.grad(), values({0, -0.5, 0, 0, -0.5, 0}, {3, 2, 1}));
}

TEST_CASE("labels: what does not fit is named", "[06.8][errors]") {
  const Tensor x = zeros({2, 3});
  CHECK_THROWS_WITH(nll_loss(x, index_tensor({0, 3}, {2})),
                    contains("nll_loss: expects labels 0 to 2 for 3 classes, got 3 at position 1"));
  CHECK_THROWS_AS(nll_loss(x, index_tensor({-1, 0}, {2})), IndexError);
  CHECK_THROWS_WITH(
      cross_entropy(x, index_tensor({0, 0, 0}, {3})),
      contains("cross_entropy: expects labels of shape [2] for scores [2, 3], got [3]"));
  CHECK_THROWS_WITH(cross_entropy(scalar(1), index_tensor({0}, {})),
                    contains("expects scores [N, C], [C] or [N, C, d1, ...], got []"));
  CHECK_TENSOR(nll_loss(x, index_tensor({0, 2}, {2})), values({0}, {}));
}
