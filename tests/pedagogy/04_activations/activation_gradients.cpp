// 04_activations: every rule against finite differences, in doubles; then the derivative of each.
#include <cmath>

#include <tinytorch/activations.hpp>
#include "gradients.hpp"
#include "tensor_close.hpp"

using namespace tinytorch;
using namespace tt_test;

namespace {

/// Random numbers, none within 0.1 of 0: finite differences must not step across a bend.
Tensor off_zero(const Shape& shape, std::uint64_t seed) {
  Rng rng(seed);
  const Tensor x = randn(shape, rng);
  return x + sign(x) * 0.1;
}

/// The gradient of sum(w * f(x)) as a plain tensor, for fixed w.
Tensor slope(TensorFunction f, const Tensor& at, const Tensor& w, bool create_graph = false) {
  return grad(sum(f({at}) * w), {at}, create_graph).at(0);
}

/// Second derivatives: the gradient of sum(v * gradient), against differences of first ones.
void check_second(TensorFunction f, const Tensor& input) {
  Rng rng(99);
  const Tensor w = rand(input.shape(), rng) + 0.5, v = rand(input.shape(), rng) + 0.5;
  Tensor x = input.detach().clone();
  x.set_requires_grad(true);
  const Tensor ours = grad(sum(slope(f, x, w, true) * v), {x}).at(0);
  Values expected{{}, x.shape()};
  const double step = 1e-5;
  for (Index i = 0; i < x.numel(); ++i) {
    const auto moved = [&](double by) {
      Tensor there = input.detach().clone();
      there.data()[i] += by;
      there.set_requires_grad(true);
      return sum(slope(f, there, w) * v).item();
    };
    expected.numbers.push_back((moved(step) - moved(-step)) / (2 * step));
  }
  CHECK_TENSOR_NEAR(ours, expected, 1e-7);
}

void check_both(TensorFunction f, const Shape& shape, std::uint64_t seed) {
  const Tensor x = off_zero(shape, seed);
  CHECK_GRADIENTS(f, {x});
  check_second(f, x);
}

}  // namespace

TEST_CASE("gradients: relu", "[04.2][gradient]") {
  check_both([](const Tensor& x) { return relu(x) * x; }, {3, 4}, 42);
}

TEST_CASE("gradients: leaky_relu", "[04.3][gradient]") {
  check_both([](const Tensor& x) { return leaky_relu(x, {.negative_slope = 0.3}) * x; }, {3, 4},
             43);
}

TEST_CASE("gradients: sigmoid", "[04.5][gradient]") {
  check_both([](const Tensor& x) { return sigmoid(x * 2); }, {2, 5}, 45);
}

TEST_CASE("gradients: silu", "[04.6][gradient]") {
  check_both([](const Tensor& x) { return silu(x * 2); }, {2, 5}, 46);
}

TEST_CASE("gradients: gelu", "[04.8][gradient]") {
  check_both([](const Tensor& x) { return gelu(x * 2); }, {2, 5}, 48);
}

TEST_CASE("gradients: gelu in its tanh form", "[04.10][gradient]") {
  check_both([](const Tensor& x) { return gelu(x * 2, {.tanh_approximation = true}); }, {2, 5},
             410);
}

TEST_CASE("gradients: softmax along each axis", "[04.12][gradient]") {
  check_both([](const Tensor& x) { return softmax(x, 0); }, {2, 3, 2}, 412);
  check_both([](const Tensor& x) { return softmax(x, -2); }, {2, 3, 2}, 413);
  check_both([](const Tensor& x) { return softmax(x.transpose(0, 1), -1); }, {3, 3}, 414);
}

TEST_CASE("gradients: log_softmax along each axis", "[04.14][gradient]") {
  check_both([](const Tensor& x) { return log_softmax(x, 0); }, {2, 3, 2}, 415);
  check_both([](const Tensor& x) { return log_softmax(x, -2); }, {2, 3, 2}, 416);
  check_both([](const Tensor& x) { return log_softmax(x.transpose(0, 1), -1); }, {3, 3}, 417);
}

TEST_CASE("gradients: log_softmax is the logarithm of softmax", "[04.14][04.12][gradient]") {
  Tensor x = off_zero({2, 4}, 418);
  x.set_requires_grad(true);
  Rng rng(419);
  const Tensor w = randn({2, 4}, rng);
  const Tensor direct = grad(sum(log_softmax(x, 1) * w), {x}).at(0);
  const Tensor composed = grad(sum(log(softmax(x, 1)) * w), {x}).at(0);
  CHECK_TENSOR_NEAR(direct, composed, 1e-10);
}
