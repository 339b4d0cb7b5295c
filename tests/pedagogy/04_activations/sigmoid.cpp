// sigmoid: one curve, and an exp that must not overflow.
#include <array>
#include <limits>

#include "tensor_close.hpp"

#include <tinytorch/activations.hpp>

using namespace tinytorch;
using namespace tt_test;

namespace {

const real infinity = std::numeric_limits<real>::infinity();
const real not_a_number = std::numeric_limits<real>::quiet_NaN();

}  // namespace

TEST_CASE("sigmoid: a number between 0 and 1", "[04.4][core]") {
  // By hand: 1 / (1 + e^-2) = 1 / 1.1353353 = 0.8807971. The others: torch.sigmoid, PyTorch 1.13.
  CHECK_TENSOR(sigmoid(tensor({-3, -1, 0, 0.5f, 2})),
               values({0.047425873, 0.268941421, 0.5, 0.622459331, 0.880797078}, {5}));
}

TEST_CASE("sigmoid: no overflow however far out", "[04.4][edge]") {
  CHECK_TENSOR(sigmoid(tensor({100, -100, 1e30f, -1e30f, infinity, -infinity})),
               values({1, 0, 1, 0, 1, 0}, {6}));
  CHECK_TENSOR(sigmoid(tensor({not_a_number})), values({double(not_a_number)}, {1}));
}

TEST_CASE("sigmoid: far to the left it is small and not 0", "[04.4][edge]") {
  // sigmoid(x) is exp(x) there, so its logarithm is x. 1 / (1 + exp(90)) would be 1 / inf in float.
  CHECK_TENSOR_NEAR(log(sigmoid(tensor({-20, -60, -90}))), values({-20, -60, -90}, {3}), 1e-4);
}

TEST_CASE("sigmoid: point symmetric about one half", "[04.4][property]") {
  Rng rng(44);
  const Tensor x = randn({3, 5}, rng) * 10;
  CHECK_TENSOR(sigmoid(x) + sigmoid(-x), values(std::vector<double>(15, 1.0), {3, 5}));
  CHECK_TENSOR(sigmoid(x.transpose(0, 1)) + sigmoid(-x).transpose(0, 1),
               values(std::vector<double>(15, 1.0), {5, 3}));
}

TEST_CASE("sigmoid: the rule needs the result and g", "[04.5][core]") {
  // y (1 - y) g: 0.5 * 0.5 * 2, 0.2 * 0.8 * -10, and nothing where the curve is flat.
  const Tensor out = tensor({0.5f, 0.2f, 1, 0});
  const Tensor g = tensor({2, -10, 3, 3});
  const Grads back = vjp(SigmoidOp{}, std::array{out.shape_only()}, out, g);
  REQUIRE(back.size() == 1);
  CHECK_TENSOR(back[0], values({0.5, -1.6, 0, 0}, {4}));
}

TEST_CASE("sigmoid: steepest in the middle", "[04.5][core]") {
  Tensor x = tensor({-3, -1, 0, 1, 100, -100});
  x.set_requires_grad(true);
  sigmoid(x).backward(ones({6}));
  // PyTorch 1.13
  CHECK_TENSOR(x.grad(), values({0.04517666, 0.196611933, 0.25, 0.196611933, 0, 0}, {6}));
}

TEST_CASE("sigmoid: ten in a row leave a millionth of the gradient", "[04.5][systems]") {
  Tensor x = scalar(0);
  x.set_requires_grad(true);
  Tensor y = x;
  for (int i = 0; i < 10; ++i) y = sigmoid(y);
  y.backward();
  CHECK(x.grad().item() > 0);
  CHECK(x.grad().item() < 1e-6f);  // less than 0.25^10 = 9.5e-7
}

TEST_CASE("sigmoid: may be differentiated twice", "[04.5][property]") {
  // s'' = s (1 - s) (1 - 2 s); at x = 1: 0.196611933 * (1 - 1.462117157) = -0.090857748
  Tensor x = tensor({0, 1, -1});
  x.set_requires_grad(true);
  const Tensor first = grad(sum(sigmoid(x)), {x}, true).at(0);
  CHECK_TENSOR(grad(sum(first), {x}).at(0), values({0, -0.090857748, 0.090857748}, {3}));
}
