// 06_losses / binary.hpp: yes or no, from a logit.
#include <cmath>
#include <limits>

#include <tinytorch/losses.hpp>
#include "tensor_close.hpp"

using namespace tinytorch;
using namespace tt_test;

namespace {
const Reduction none = Reduction::none;
const double log_2 = 0.69314718;
}  // namespace

TEST_CASE("bce: what a model that does not know pays", "[06.3][core]") {
  CHECK_TENSOR(
      binary_cross_entropy_with_logits(zeros({3}), tensor({0, 1, 0.5f}), {.reduction = none}),
      values({log_2, log_2, log_2}, {3}));
}

TEST_CASE("bce: the surprise at each answer", "[06.3][core]") {
  // -y log p - (1 - y) log(1 - p) with p = 1 / (1 + exp(-z)), worked with ten digits.
  CHECK_TENSOR(binary_cross_entropy_with_logits(tensor({1, 1, -2, 3}), tensor({0.25f, 1, 1, 0}),
                                                {.reduction = none}),
               values({1.0632617, 0.3132617, 2.1269280, 3.0485874}, {4}));
}

TEST_CASE("bce: far logits cost what they are wrong by and never overflow", "[06.3][edge]") {
  const Tensor z = tensor({100, 100, -100, -100, 10000, -10000});
  const Tensor y = tensor({0, 1, 0, 1, 0, 1});
  CHECK_TENSOR(binary_cross_entropy_with_logits(z, y, {.reduction = none}),
               values({100, 0, 0, 100, 10000, 10000}, {6}));
  // A certain and right answer still costs a little: exp(-20), which 1 - p would lose in float.
  CHECK_TENSOR_NEAR(binary_cross_entropy_with_logits(tensor({20}), tensor({1})) * real(1e9),
                    values({2.0611536}, {}), 1e-3);
}

TEST_CASE("bce: reductions and shapes", "[06.3][06.1][errors]") {
  const Tensor z = tensor({0, 100, -100, 0}, {2, 2}), y = tensor({1, 1, 1, 0}, {2, 2});
  CHECK_TENSOR(binary_cross_entropy_with_logits(z, y), values({(100 + 2 * log_2) / 4}, {}));
  CHECK_TENSOR(binary_cross_entropy_with_logits(z, y, {.reduction = Reduction::sum}),
               values({100 + 2 * log_2}, {}));
  CHECK_THROWS_WITH(binary_cross_entropy_with_logits(zeros({4, 1}), zeros({4})),
                    contains("binary_cross_entropy_with_logits: expects input and target of one"));
}

TEST_CASE("bce: the gradient is the difference of prediction and answer", "[06.4][core]") {
  Tensor z = tensor({0, 2, -1, 0});
  z.set_requires_grad(true);
  const Tensor loss =
      binary_cross_entropy_with_logits(z, tensor({1, 0, 0.5f, 0}), {.reduction = Reduction::sum});
  // sigmoid: 0.5, 0.8807971, 0.2689414, 0.5
  CHECK_TENSOR(grad(loss, {z})[0], values({-0.5, 0.8807971, -0.2310586, 0.5}, {4}));
}

TEST_CASE("bce: a wrong answer far out still pulls with all its strength", "[06.4][edge]") {
  Tensor z = tensor({100, -100, 100});
  z.set_requires_grad(true);
  const Tensor loss =
      binary_cross_entropy_with_logits(z, tensor({0, 1, 1}), {.reduction = Reduction::sum});
  CHECK_TENSOR(grad(loss, {z})[0], values({1, -1, 0}, {3}));
}

TEST_CASE("bce: the target may have a gradient too and g weighs both", "[06.4][core]") {
  const Tensor z = tensor({2, -3}), y = tensor({0, 1});
  const Grads grads = vjp(BceWithLogits{}, std::array{z, y}, Tensor(), tensor({3, 2}));
  REQUIRE(grads.size() == 2);
  CHECK_TENSOR(grads[0],
               values({2.6423911, -1.9051483}, {2}));  // 3 * 0.8807971, 2 * (0.0474259 - 1)
  CHECK_TENSOR(grads[1], values({-6, 6}, {2}));
}
