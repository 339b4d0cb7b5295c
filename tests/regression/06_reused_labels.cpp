// An operation that remembered the caller's labels, not a copy of them, went back with the labels of the next batch where
// one buffer was filled again and again; and a number that is no class was then written outside of the gradient.
#include "tensor_close.hpp"

#include <tinytorch/losses.hpp>

using namespace tinytorch;
using namespace tt_test;

TEST_CASE("reused labels: the way back reads what the forward read", "[06.12][06.11][regression]") {
  Tensor x = zeros({1, 2});
  x.set_requires_grad(true);
  IndexTensor buffer = index_tensor({0}, {1});
  const Tensor loss = cross_entropy(x, buffer);
  buffer.set({0}, 1);
  loss.backward();
  CHECK_TENSOR(x.grad(), values({-0.5, 0.5}, {1, 2}));
}

TEST_CASE("reused labels: the same of nll_loss", "[06.9][06.8][regression]") {
  Tensor x = zeros({1, 2});
  x.set_requires_grad(true);
  IndexTensor buffer = index_tensor({1}, {1});
  const Tensor loss = nll_loss(x, buffer);
  buffer.set({0}, 1'000'000);
  loss.backward();
  CHECK_TENSOR(x.grad(), values({0, -1}, {1, 2}));
}
