// Once the mean was taken over all labels, ignored ones included: padding half of a batch halved its loss and its
// gradient. It is over the labels that count.
#include "tensor_close.hpp"

#include <tinytorch/losses.hpp>

using namespace tinytorch;
using namespace tt_test;

TEST_CASE("ignored labels: padding a batch changes neither loss nor gradient",
          "[06.11][06.12][06.1][regression]") {
  Rng rng(16);
  Tensor x = randn({2, 5}, rng);
  Tensor padded = cat({x, randn({6, 5}, rng)}, 0);
  x.set_requires_grad(true);
  padded.set_requires_grad(true);
  const Tensor loss = cross_entropy(x, index_tensor({4, 1}, {2}));
  const Tensor same =
      cross_entropy(padded, index_tensor({4, 1, -100, -100, -100, -100, -100, -100}, {8}));
  CHECK_TENSOR(same, loss);
  loss.backward();
  same.backward();
  CHECK_TENSOR(padded.grad().slice(0, 0, 2), x.grad());
  CHECK_TENSOR(padded.grad().slice(0, 2, 8), zeros({6, 5}));
}

TEST_CASE("ignored labels: the same of nll_loss and of a class as the ignored one",
          "[06.8][06.9][06.1][regression]") {
  Tensor x = tensor({-1, -2, -3, -4, -5, -6}, {3, 2});
  x.set_requires_grad(true);
  const Tensor loss = nll_loss(x, index_tensor({0, 1, 1}, {3}), {.ignore_index = 1});
  CHECK_TENSOR(loss, values({1}, {}));
  loss.backward();
  CHECK_TENSOR(x.grad(), values({-1, 0, 0, 0, 0, 0}, {3, 2}));
}
