// A loss that takes probabilities meets log(0): one sure and wrong example makes it inf, and its gradient NaN. And the
// first fused cross_entropy here took the score from a log-sum-exp in float: near 10000 its losses were off by 0.0002.
#include <cmath>

#include "tensor_close.hpp"

#include <tinytorch/losses.hpp>

using namespace tinytorch;
using namespace tt_test;

TEST_CASE("stability: one sure and wrong example leaves loss and gradient finite",
          "[06.11][06.12][regression]") {
  Tensor x = tensor({200, 0, 0, 0}, {2, 2});
  x.set_requires_grad(true);
  const Tensor loss = cross_entropy(x, index_tensor({1, 0}, {2}), {.reduction = Reduction::sum});
  CHECK_TENSOR(loss, values({200.6931472}, {}));
  loss.backward();
  CHECK_TENSOR(x.grad(), values({1, -1, -0.5, 0.5}, {2, 2}));
}

TEST_CASE("stability: the same of yes and no", "[06.3][06.4][regression]") {
  Tensor z = tensor({200, -200, 0});
  z.set_requires_grad(true);
  const Tensor loss =
      binary_cross_entropy_with_logits(z, tensor({0, 1, 1}), {.reduction = Reduction::sum});
  CHECK_TENSOR(loss, values({400.6931472}, {}));
  loss.backward();
  CHECK_TENSOR(z.grad(), values({1, -1, -0.5}, {3}));
}

TEST_CASE("stability: losses do not depend on what all scores have in common",
          "[06.11][06.5][regression]") {
  for (const real common : {real(0), real(1024), real(10000), real(-10000)}) {
    CAPTURE(common);
    const Tensor x = tensor({0, 1, -1, 2}) + common;
    // log(1 + e + e^-1 + e^2) - 1 = 1.4401897
    CHECK_TENSOR_NEAR(cross_entropy(x, index_tensor({1}, {})), values({1.4401897}, {}), 1e-6);
  }
}

TEST_CASE("stability: an untrained classifier pays log of the classes", "[06.11][regression]") {
  // Small random scores: the loss is near log(C), whatever the labels; far from it, something is broken.
  Rng rng(17);
  for (const Index count : {2, 10, 1000}) {
    std::vector<Index> picks;
    for (int i = 0; i < 64; ++i) picks.push_back(rng.below(count));
    const Tensor x = randn({64, count}, rng) * real(0.01);
    const double loss = double(cross_entropy(x, index_tensor(picks, {64})).item());
    CAPTURE(count, loss);
    CHECK(std::abs(loss - std::log(double(count))) < 0.01);
  }
}
