// relu and leaky_relu: two straight lines, and a rule that reads the result.
#include <array>
#include <limits>

#include "tensor_close.hpp"

#include <tinytorch/activations.hpp>

using namespace tinytorch;
using namespace tt_test;

namespace {

const real infinity = std::numeric_limits<real>::infinity();
const real not_a_number = std::numeric_limits<real>::quiet_NaN();

/// The rule alone: what it makes of a result and a gradient.
Tensor back(const ReluOp& op, const Tensor& out, const Tensor& g) {
  return vjp(op, std::array{out.detach()}, out, g).at(0);
}

}  // namespace

TEST_CASE("relu: keeps what is positive", "[04.1][core]") {
  CHECK_TENSOR(relu(tensor({-2, -0.5f, 0, 3})), values({0, 0, 0, 3}, {4}));
  CHECK_TENSOR(relu(tensor({1e-30f, -1e-30f})) * 1e30f, values({1, 0}, {2}));
}

TEST_CASE("relu: NaN stays NaN and minus infinity becomes 0", "[04.1][edge]") {
  CHECK_TENSOR(relu(tensor({not_a_number, infinity, -infinity})),
               values({double(not_a_number), double(infinity), 0}, {3}));
}

TEST_CASE("relu: any shape and view, and the input is left as it was", "[04.1][edge]") {
  const Tensor x = tensor({-1, 2, -3, 4, -5, 6}, {2, 3});
  CHECK_TENSOR(relu(x.transpose(0, 1)), values({0, 4, 2, 0, 0, 6}, {3, 2}));
  CHECK_TENSOR(relu(x.slice(1, 1, 3)), values({2, 0, 0, 6}, {2, 2}));
  CHECK_TENSOR(relu(scalar(-7)), values({0}, {}));
  CHECK_SHAPE(relu(zeros({2, 0})), {2, 0});
  CHECK_TENSOR(x, values({-1, 2, -3, 4, -5, 6}, {2, 3}));
}

TEST_CASE("relu: the gradient passes where it was on", "[04.2][core]") {
  Tensor x = tensor({-2, 0, 3});
  x.set_requires_grad(true);
  const Tensor y = relu(x);
  y.backward(tensor({5, 6, 7}));
  CHECK_TENSOR(x.grad(), values({0, 0, 7}, {3}));  // at 0, where there is a bend: 0
}

TEST_CASE("relu: an infinite gradient is stopped where it was off", "[04.2][edge]") {
  const Tensor g = tensor({infinity, not_a_number, infinity});
  CHECK_TENSOR(back(ReluOp{}, tensor({0, 0, 1}), g), values({0, 0, double(infinity)}, {3}));
}

TEST_CASE("relu: a NaN in the result lets the gradient through", "[04.2][edge]") {
  // As PyTorch does: the result is not at or below 0, as far as a comparison can tell.
  CHECK_TENSOR(back(ReluOp{}, tensor({not_a_number, 2}), tensor({3, 4})), values({3, 4}, {2}));
}

TEST_CASE("relu: a dead unit learns nothing", "[04.2][core]") {
  // Three examples, one unit, and a bias so low that no example switches it on.
  const Tensor x = tensor({1, 2, 3}, {3, 1});
  Tensor w = tensor({1}, {1, 1}), b = scalar(-10);
  w.set_requires_grad(true);
  b.set_requires_grad(true);
  sum(relu(matmul(x, w) + b)).backward();
  CHECK_TENSOR(w.grad(), values({0}, {1, 1}));
  CHECK_TENSOR(b.grad(), values({0}, {}));
}

TEST_CASE("relu: the rule is a line of slope 1, so its second derivative is 0",
          "[04.2][property]") {
  Tensor x = tensor({-1, 2}), scale = tensor({3, 4});
  x.set_requires_grad(true);
  scale.set_requires_grad(true);
  const Tensor first = grad(sum(relu(x) * scale), {x}, true).at(0);
  CHECK_TENSOR(first, values({0, 4}, {2}));
  CHECK_TENSOR(grad(sum(first), {scale}).at(0), values({0, 1}, {2}));
}

TEST_CASE("leaky_relu: a little slope on the left", "[04.3][core]") {
  Tensor x = tensor({-2, 0, 3});
  x.set_requires_grad(true);
  const Tensor y = leaky_relu(x, {.negative_slope = 0.1});
  CHECK_TENSOR(y, values({-0.2, 0, 3}, {3}));
  y.backward(tensor({5, 6, 7}));
  CHECK_TENSOR(x.grad(), values({0.5, 0.6, 7}, {3}));  // at 0 the left slope, as in PyTorch
}

TEST_CASE("leaky_relu: the slope is 0.01 unless you say so", "[04.3][edge]") {
  Tensor x = tensor({-3, not_a_number, -infinity});
  x.set_requires_grad(true);
  const Tensor y = leaky_relu(x);
  CHECK_TENSOR(y, values({-0.03, double(not_a_number), -double(infinity)}, {3}));
  y.backward(ones({3}));
  CHECK_TENSOR(x.grad(), values({0.01, 0.01, 0.01}, {3}));
}

TEST_CASE("leaky_relu: with slope 0 and with slope 2 the result still tells the side",
          "[04.3][edge]") {
  Tensor x = tensor({-4, 5});
  x.set_requires_grad(true);
  leaky_relu(x, {.negative_slope = 0}).backward(ones({2}));
  CHECK_TENSOR(x.grad(), values({0, 1}, {2}));
  x.zero_grad();
  leaky_relu(x, {.negative_slope = 2}).backward(ones({2}));
  CHECK_TENSOR(x.grad(), values({2, 1}, {2}));
}

TEST_CASE("leaky_relu: a slope below 0 is refused", "[04.3][errors]") {
  Tensor x = scalar(-1);
  x.set_requires_grad(true);
  CHECK_THROWS_WITH(leaky_relu(x, {.negative_slope = -0.5}),
                    contains("leaky_relu: expects negative_slope >= 0, got -0.5"));
  CHECK_THROWS_AS(leaky_relu(x, {.negative_slope = double(not_a_number)}), ValueError);
  leaky_relu(x, {.negative_slope = 0.5}).backward();
  CHECK_TENSOR(x.grad(), values({0.5}, {}));
}
