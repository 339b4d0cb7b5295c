// Activations, their gradients and the gradients of these, as PyTorch computes them: tests/oracles/04_activations.py.
#include <tinytorch/activations.hpp>

#include "04_oracle.hpp"
#include "oracle_gradients.hpp"

using namespace tinytorch;
using namespace tt_test;

namespace {

Tensor inputs() { return tensor_of(oracle::activation_inputs().value); }  // -30 to 30

/// g = the gradient of sum(f(x)^2); the case holds g and the gradient of sum(g^2).
void check_twice(const Golden& golden, const std::function<Tensor(const Tensor&)>& f) {
  const Tensor x = waves(1, {2, 3}).set_requires_grad(true);
  const Tensor g = grad(sum(pow(f(x), 2)), {x}, true)[0];
  check_golden(golden, g);
  check_gradients(golden, grad(sum(pow(g, 2)), {x}));
}

/// The gradient of sum(f(0)): a convention, where f has a corner.
Tensor slope_at_zero(const std::function<Tensor(const Tensor&)>& f) {
  const Tensor x = zeros({3}).set_requires_grad(true);
  return grad(sum(f(x)), {x})[0];
}

}  // namespace

TEST_CASE("oracle of 04: relu and leaky_relu, also at zero", "[04][gradient]") {
  const auto leaky = [](const Tensor& x) { return leaky_relu(x, {.negative_slope = 0.2}); };
  check_golden(oracle::relu(), [](Inputs x) { return relu(x[0]); }, {inputs()});
  check_golden(oracle::leaky_relu(), [&](Inputs x) { return leaky(x[0]); }, {inputs()});
  check_golden(oracle::relu_at_zero(), slope_at_zero([](const Tensor& x) { return relu(x); }));
  check_golden(oracle::leaky_relu_at_zero(), slope_at_zero(leaky));
}

TEST_CASE("oracle of 04: sigmoid, silu and both gelus", "[04][gradient]") {
  check_golden(oracle::sigmoid(), [](Inputs x) { return sigmoid(x[0]); }, {inputs()});
  check_golden(oracle::silu(), [](Inputs x) { return silu(x[0]); }, {inputs()});
  check_golden(oracle::gelu(), [](Inputs x) { return gelu(x[0]); }, {inputs()});
  check_golden(oracle::gelu_tanh(),
               [](Inputs x) { return gelu(x[0], {.tanh_approximation = true}); }, {inputs()});
}

TEST_CASE("oracle of 04: softmax and log_softmax along each axis", "[04][gradient]") {
  const Tensor x = waves(1, {2, 4, 3});
  const Golden soft[] = {oracle::softmax_0(), oracle::softmax_1(), oracle::softmax_2()};
  const Golden logs[] = {oracle::log_softmax_0(), oracle::log_softmax_1(), oracle::log_softmax_2()};
  for (Index axis = 0; axis < 3; ++axis) {
    check_golden(soft[axis], [&](Inputs in) { return softmax(in[0] * 5, axis); }, {x});
    check_golden(logs[axis], [&](Inputs in) { return log_softmax(in[0] * 5, axis); }, {x});
  }
}

TEST_CASE("oracle of 04: gradients of gradients", "[04][gradient]") {
  check_twice(oracle::sigmoid_twice(), [](const Tensor& x) { return sigmoid(x); });
  check_twice(oracle::gelu_twice(), [](const Tensor& x) { return gelu(x); });
  check_twice(oracle::silu_twice(), [](const Tensor& x) { return silu(x); });
  check_twice(oracle::softmax_twice(), [](const Tensor& x) { return softmax(x, 1); });
  check_twice(oracle::log_softmax_twice(), [](const Tensor& x) { return log_softmax(x, 1); });
}

TEST_CASE("oracle of 04: tanh of a wide range", "[04][gradient]") {
  check_golden(oracle::tanh_of_wide_range(), [](Inputs x) { return tanh(x[0]); }, {inputs()});
  check_golden(oracle::sigmoid(), sigmoid(inputs()));  // a blank of 04 is asked
}
