// log_softmax: the logarithm of a probability, without ever making the probability.
#include <array>
#include <cmath>
#include <limits>

#include "tensor_close.hpp"

#include <tinytorch/activations.hpp>

using namespace tinytorch;
using namespace tt_test;

namespace {

const double infinity = std::numeric_limits<double>::infinity();
const double not_a_number = std::numeric_limits<double>::quiet_NaN();

}  // namespace

TEST_CASE("log_softmax: x minus the logarithm of the sum of exp", "[04.13][core]") {
  // log(30.192875) = 3.4076060
  CHECK_TENSOR(log_softmax(tensor({1, 2, 3}), 0),
               values({-2.4076060, -1.4076060, -0.4076060}, {3}));
  const Tensor x = tensor({1, 2, 3, 1, -1, 0}, {2, 3});
  CHECK_TENSOR(log_softmax(x, 1), values({-2.407605964, -1.407605964, -0.407605964, -0.407605964,
                                          -2.407605964, -1.407605964},
                                         {2, 3}));
  // Columns [1, 1]: -log 2; [2, -1] and [3, 0]: -log(1 + e^-3) = -0.0485874, and 3 less
  CHECK_TENSOR(log_softmax(x, 0), values({-0.693147181, -0.048587352, -0.048587352, -0.693147181,
                                          -3.048587352, -3.048587352},
                                         {2, 3}));
}

TEST_CASE("log_softmax: a probability that float cannot hold", "[04.13][edge]") {
  // exp(-200) is 0 in float; the logarithm of that is -inf.
  CHECK_TENSOR(log_softmax(tensor({0, -200}), 0), values({0, -200}, {2}));
  CHECK_TENSOR(log_softmax(tensor({1e4f, -1e4f}), 0), values({0, -2e4}, {2}));
}

TEST_CASE("log_softmax: keeps its digits where the scores are large", "[04.13][edge]") {
  // Near 10000 float has steps of 0.00098: 10000.693 keeps three digits behind the point.
  CHECK_TENSOR(log_softmax(tensor({10000, 10000}), 0), values({-0.693147181, -0.693147181}, {2}));
  CHECK_TENSOR(log_softmax(tensor({-10003, -10002, -10001}), 0),
               values({-2.407605964, -1.407605964, -0.407605964}, {3}));
}

TEST_CASE("log_softmax: minus infinity stays, and a line of nothing else is NaN", "[04.13][edge]") {
  const real masked = -std::numeric_limits<real>::infinity();
  CHECK_TENSOR(log_softmax(tensor({0, masked, masked, masked}, {2, 2}), 1),
               values({0, -infinity, not_a_number, not_a_number}, {2, 2}));
  CHECK_SHAPE(log_softmax(zeros({0, 3}), 0), {0, 3});
}

TEST_CASE("log_softmax: its exp adds up to 1 along any axis of any view", "[04.13][property]") {
  Rng rng(413);
  const Tensor x = (randn({2, 5, 3}, rng) * 4).permute({1, 2, 0});  // [5, 3, 2]
  for (Index axis = -3; axis < 3; ++axis) {
    CAPTURE(axis);
    const Tensor y = log_softmax(x, axis);
    const std::size_t along = static_cast<std::size_t>(axis < 0 ? axis + 3 : axis);
    for (const Shape& index : all_indices(x.shape())) {
      double total = 0;
      for (Index j = 0; j < x.shape()[along]; ++j) {
        Shape other = index;
        other[along] = j;
        total += std::exp(double(x.at(other) - x.at(index)));
      }
      // log(1 / sum of exp(x_j - x_i))
      if (!(std::abs(double(y.at(index)) + std::log(total)) < 1e-5)) FAIL("at " << index);
    }
    CHECK_SHAPE(y, {5, 3, 2});
  }
}

TEST_CASE("log_softmax: an axis that is not there is refused", "[04.13][errors]") {
  CHECK_THROWS_WITH(log_softmax(zeros({2, 3}), -3),
                    contains("log_softmax: expects an axis in [-2, 1], got -3"));
  CHECK_TENSOR(log_softmax(zeros({2, 1}), 1), values({0, 0}, {2, 1}));
}

TEST_CASE("log_softmax: the gradient is g minus its share of the sum", "[04.14][core]") {
  // y = log of [1/4, 3/4]; g [8, 0] has the sum 8: 8 - 2, 0 - 6. g [1, 1]: 1 - 1/2, 1 - 3/2
  const Tensor out = log(tensor({0.25f, 0.75f, 0.25f, 0.75f}, {2, 2}));
  const Tensor g = tensor({8, 0, 1, 1}, {2, 2});
  const Grads back = vjp(LogSoftmaxOp(1), std::array{out.shape_only()}, out, g);
  REQUIRE(back.size() == 1);
  CHECK_TENSOR(back[0], values({6, -6, 0.5, -0.5}, {2, 2}));
}

TEST_CASE("log_softmax: the gradient goes along the same axis", "[04.14][core]") {
  Tensor x = tensor({0, 5, 0, 5, 0, 5, 0, 5}, {4, 2});  // along 0 all shares are 1/4
  x.set_requires_grad(true);
  log_softmax(x, 0).backward(tensor({8, 0, 0, 0, 0, 4, 0, 0}, {4, 2}));
  CHECK_TENSOR(x.grad(), values({6, -1, -2, -1, -2, 3, -2, -1}, {4, 2}));
}

TEST_CASE("log_softmax: a masked place gets g and takes no share", "[04.14][edge]") {
  const real masked = -std::numeric_limits<real>::infinity();
  Tensor x = tensor({1, masked, 1});
  x.set_requires_grad(true);
  log_softmax(x, 0).backward(tensor({1, 0, 0}));
  CHECK_TENSOR(x.grad(), values({0.5, 0, -0.5}, {3}));
}

TEST_CASE(
    "log_softmax: the gradient of a chosen class is 1 minus its probability, without underflow",
    "[04.14][edge]") {
  Tensor x = tensor({0, -200});  // the unlikely class is the right one
  x.set_requires_grad(true);
  log_softmax(x, 0).select(0, 1).backward();
  CHECK_TENSOR(x.grad(), values({-1, 1}, {2}));  // log(softmax(x)) has 0 / 0 here
}
