// nll_loss: the part of a model's answer that was asked; and labels as distributions.
#include <limits>

#include "tensor_close.hpp"

#include <tinytorch/losses.hpp>

using namespace tinytorch;
using namespace tt_test;

namespace {

const double not_a_number = std::numeric_limits<double>::quiet_NaN();

Tensor one_by_one(const Tensor& x, const IndexTensor& labels, Index ignore_index = -100) {
  return nll_loss(x, labels, {.ignore_index = ignore_index, .reduction = Reduction::none});
}

}  // namespace

TEST_CASE("targets: a label is a distribution that is sure of itself", "[06.7][core]") {
  CHECK_TENSOR(detail::target_distribution(index_tensor({1, 0}, {2}), {2, 4}, 1, 0, -100),
               values({0, 1, 0, 0, 1, 0, 0, 0}, {2, 4}));
}

TEST_CASE("targets: smoothing hands a share of the certainty to all classes", "[06.7][core]") {
  const IndexTensor labels = index_tensor({1, 3}, {2});
  CHECK_TENSOR(detail::target_distribution(labels, {2, 4}, 1, 0.2, -100),
               values({0.05, 0.85, 0.05, 0.05, 0.05, 0.05, 0.05, 0.85}, {2, 4}));
  CHECK_TENSOR(detail::target_distribution(labels, {2, 4}, 1, 1, -100),
               values({0.25, 0.25, 0.25, 0.25, 0.25, 0.25, 0.25, 0.25}, {2, 4}));
}

TEST_CASE("targets: an ignored label asks for nothing", "[06.7][edge]") {
  CHECK_TENSOR(detail::target_distribution(index_tensor({0, -100}, {2}), {2, 2}, 1, 0.5, -100),
               values({0.75, 0.25, 0, 0}, {2, 2}));
  CHECK_TENSOR(detail::target_distribution(index_tensor({0, 1}, {2}), {2, 2}, 1, 0, 1),
               values({1, 0, 0, 0}, {2, 2}));
}

TEST_CASE("targets: the class axis may stand in the middle or alone", "[06.7][edge]") {
  // [N 1, C 3, d 2]: the columns are the lines.
  CHECK_TENSOR(detail::target_distribution(index_tensor({2, 0}, {1, 2}), {1, 3, 2}, 1, 0, -100),
               values({0, 1, 0, 0, 1, 0}, {1, 3, 2}));
  CHECK_TENSOR(detail::target_distribution(index_tensor({1}, {}), {3}, 0, 0.3, -100),
               values({0.1, 0.8, 0.1}, {3}));
}

TEST_CASE("nll_loss: minus the number at the label", "[06.8][core]") {
  const Tensor x = tensor({-1, -2, -3, -4}, {2, 2});
  CHECK_TENSOR(one_by_one(x, index_tensor({1, 0}, {2})), values({2, 3}, {2}));
  CHECK_TENSOR(nll_loss(x, index_tensor({1, 0}, {2})), values({2.5}, {}));
  CHECK_TENSOR(nll_loss(x, index_tensor({1, 1}, {2}), {.reduction = Reduction::sum}),
               values({6}, {}));
}

TEST_CASE("nll_loss: reads a view by its strides", "[06.8][edge]") {
  const Tensor x = tensor({1, 2, 3, 4, 5, 6}, {2, 3});
  CHECK_TENSOR(one_by_one(x.transpose(0, 1), index_tensor({1, 0, 1}, {3})),
               values({-4, -2, -6}, {3}));
  CHECK_TENSOR(one_by_one(x.slice(1, 1, 3), index_tensor({1, 0}, {2})), values({-3, -5}, {2}));
}

TEST_CASE("nll_loss: one example without a batch and several places of one", "[06.8][edge]") {
  CHECK_TENSOR(one_by_one(tensor({1, 2, 3}), index_tensor({2}, {})), values({-3}, {}));
  const Tensor x = tensor({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}, {2, 3, 2});  // [N, C, d]
  // Example 0 has the lines [1, 3, 5] and [2, 4, 6], example 1 [7, 9, 11] and [8, 10, 12].
  CHECK_TENSOR(one_by_one(x, index_tensor({2, 0, 1, 1}, {2, 2})),
               values({-5, -2, -9, -10}, {2, 2}));
}

TEST_CASE("nll_loss: ignored labels cost nothing and do not count", "[06.8][06.1][edge]") {
  const Tensor x = tensor({-1, -2, -3, -4, -5, -6}, {3, 2});
  const IndexTensor labels = index_tensor({1, -100, 0}, {3});
  CHECK_TENSOR(one_by_one(x, labels), values({2, 0, 5}, {3}));
  CHECK_TENSOR(nll_loss(x, labels), values({3.5}, {}));
  CHECK_TENSOR(nll_loss(x, index_tensor({1, 0, 1}, {3}), {.ignore_index = 1}), values({3}, {}));
  CHECK_TENSOR(nll_loss(x, index_tensor({-1, -1, -1}, {3}), {.ignore_index = -1}),
               values({not_a_number}, {}));
}

TEST_CASE("nll_loss: a label that is no class is named with its place", "[06.8][errors]") {
  const Tensor x = zeros({2, 3});
  CHECK_THROWS_WITH(
      nll_loss(x, index_tensor({0, 3}, {2})),
      contains("nll_loss: expects labels from 0 to 2 for 3 classes, got 3 at [1]\n  hint:"));
  CHECK_THROWS_WITH(nll_loss(x, index_tensor({-1, 0}, {2})), contains("got -1 at [0]"));
  CHECK_THROWS_WITH(nll_loss(zeros({1, 3, 2, 2}), index_tensor({0, 1, 7, 2}, {1, 2, 2})),
                    contains("got 7 at [0, 1, 0]"));
  CHECK_THROWS_AS(nll_loss(x, index_tensor({-100, 5}, {2})), IndexError);
  CHECK_TENSOR(nll_loss(x, index_tensor({2, -100}, {2})), values({0}, {}));
}

TEST_CASE("nll_loss: labels of another shape are refused", "[06.8][errors]") {
  CHECK_THROWS_WITH(nll_loss(zeros({2, 3}), index_tensor({0, 1, 2}, {3})),
                    contains("nll_loss: expects labels of shape [2] for scores [2, 3], got [3]"));
  CHECK_THROWS_AS(nll_loss(zeros({2, 3}), index_tensor({0, 1}, {2, 1})), ShapeError);
  CHECK_THROWS_AS(nll_loss(zeros({4, 5, 3}), index_tensor({0}, {1})), ShapeError);
  CHECK_THROWS_WITH(nll_loss(scalar(0), index_tensor({0}, {})), contains("got []"));
  CHECK_THROWS_WITH(nll_loss(zeros({3}), IndexTensor()), contains("undefined IndexTensor"));
  CHECK_TENSOR(one_by_one(zeros({1, 3}), index_tensor({0}, {1})), values({0}, {1}));
}

TEST_CASE("nll_loss: the gradient goes to the number that was read", "[06.9][core]") {
  Tensor x = zeros({2, 2});
  x.set_requires_grad(true);
  one_by_one(x, index_tensor({1, 0}, {2})).backward(tensor({5, 6}));
  CHECK_TENSOR(x.grad(), values({0, -5, -6, 0}, {2, 2}));
}

TEST_CASE("nll_loss: the gradient of the mean is shared by those that count", "[06.9][edge]") {
  Tensor x = zeros({3, 2});
  x.set_requires_grad(true);
  nll_loss(x, index_tensor({1, -100, 0}, {3})).backward();
  CHECK_TENSOR(x.grad(), values({0, -0.5, 0, 0, -0.5, 0}, {3, 2}));
}

TEST_CASE("nll_loss: gradients of places and of a single example", "[06.9][edge]") {
  Tensor x = zeros({1, 3, 2}), one = zeros({3});
  x.set_requires_grad(true);
  one.set_requires_grad(true);
  one_by_one(x, index_tensor({2, 0}, {1, 2})).backward(tensor({3, 4}, {1, 2}));
  CHECK_TENSOR(x.grad(), values({0, -4, 0, 0, -3, 0}, {1, 3, 2}));
  one_by_one(one, index_tensor({1}, {})).backward();
  CHECK_TENSOR(one.grad(), values({0, -1, 0}, {3}));
}
