// Gradients of the layers against finite differences, for inputs and for parameters.
#include "gradients.hpp"
#include "tensor_close.hpp"

#include <tinytorch/layers.hpp>

using namespace tinytorch;
using namespace tt_test;

namespace {

/// Checks the gradient of the sum of squares of module(x) for each parameter of the module.
void check_parameters(const Module& module, const Tensor& x) {
  const auto loss = [&] {
    const Tensor y = module(x);
    return sum(y * y);
  };
  module.zero_grad();
  loss().backward();
  REQUIRE(!module.parameters().empty());
  for (const auto& [name, parameter] : module.named_parameters()) {
    const Tensor numeric = numeric_gradient([&] { return loss().item(); }, parameter, 1e-6);
    INFO(name);
    REQUIRE(parameter.grad().defined());
    CHECK_TENSOR_NEAR(parameter.grad(), read(numeric), 1e-7);
  }
}

}  // namespace

TEST_CASE("Linear: gradient of the input over any leading axes", "[05.9][gradient]") {
  Rng rng(1);
  const Linear layer(4, 3, rng);
  const auto f = [&](const Tensor& x) { return layer(x); };
  CHECK_GRADIENTS(f, {randn({5, 4}, rng)});
  CHECK_GRADIENTS(f, {randn({4}, rng)});
  CHECK_GRADIENTS(f, {randn({2, 3, 4}, rng)});
}

TEST_CASE("Linear: gradients of weight and bias", "[05.9][gradient]") {
  Rng rng(2);
  check_parameters(Linear(4, 3, rng), randn({5, 4}, rng));
  check_parameters(Linear(4, 3, rng), randn({2, 3, 4}, rng));
  check_parameters(Linear(4, 3, rng, {.bias = false}), randn({4}, rng));
}

TEST_CASE("Linear: second derivatives", "[05.9][gradient]") {
  Rng rng(3);
  const Linear layer(3, 2, rng);
  // The gradient of sum(tanh(layer(x))) with respect to x is itself a function of x.
  const auto slope = [&](const Tensor& x) {
    if (!x.requires_grad() || !grad_enabled()) {  // finite differences record nothing: do so here
      Tensor leaf = x.detach();
      leaf.set_requires_grad(true);
      const GradMode on(true);
      return grad(sum(tanh(layer(leaf))), {leaf})[0];
    }
    return grad(sum(tanh(layer(x))), {x}, true)[0];
  };
  CHECK_GRADIENTS(slope, {randn({2, 3}, rng)});
}

TEST_CASE("Dropout: the gradient of one fixed mask", "[05.10][gradient]") {
  Rng rng(4);
  const Dropout dropout(0.4, rng);
  const auto generator = dropout.named_generators().at(0).second;
  const Rng::State state = generator->state();
  const auto f = [&](const Tensor& x) {
    generator->set_state(state);
    return dropout(x);
  };
  CHECK_GRADIENTS(f, {randn({4, 5}, rng)});
}

TEST_CASE("Sequential: gradients of all parameters", "[05.11][gradient]") {
  Rng rng(5);
  check_parameters(Sequential{Linear(4, 5, rng), Tanh(), Linear(5, 4, rng), GELU(),
                              Linear(4, 2, rng), LogSoftmax(-1)},
                   randn({3, 4}, rng));
}

TEST_CASE("Sequential: gradients pass through every activation module", "[05.11][gradient]") {
  Rng rng(6);
  const Sequential model{ReLU(), LeakyReLU(), Sigmoid(), SiLU(), Softmax(0), Flatten(), Identity()};
  const auto f = [&](const Tensor& x) { return model(x); };
  CHECK_GRADIENTS(f, {randn({3, 2, 2}, rng)});
}
