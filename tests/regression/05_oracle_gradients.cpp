// Layers, dropout's scale and what initialisation draws, as PyTorch has them: tests/oracles/05_layers.py.
#include <tinytorch/layers.hpp>

#include "05_oracle.hpp"
#include "oracle_gradients.hpp"

using namespace tinytorch;
using namespace tt_test;

namespace {

void copy_into(Tensor parameter, const Tensor& numbers) {
  const NoGrad no_grad;
  parameter.copy_(numbers);
}

double largest(const Tensor& t) {
  double most = 0;
  for (const double x : read(t).numbers) most = std::max(most, std::abs(x));
  return most;
}

void check_number(double ours, double theirs) {
  check_golden("number", scalar(ours), {{theirs}, {}});
}

/// The operands are x, a weight and, perhaps, a bias.
void check_linear(const Golden& golden, const Tensor& x, const Tensor& weight, const Tensor& bias) {
  Rng rng(1);
  const Linear layer(weight.size(1), weight.size(0), rng, {.bias = bias.defined()});
  copy_into(layer.weight, weight);
  if (bias.defined()) copy_into(layer.bias, bias);
  std::vector<Tensor> operands = {x.clone().set_requires_grad(true)};
  for (const Tensor& parameter : layer.parameters()) operands.push_back(parameter);
  const Tensor y = layer(operands[0]);
  check_golden(golden, y);
  check_gradients(golden, grad(sum(y * cosines(y)), operands));
}

}  // namespace

TEST_CASE("oracle of 05: Linear with any leading axes", "[05][gradient]") {
  const Tensor x = waves(1, {2, 3, 4}), w = waves(40, {5, 4}), b = waves(70, {5});
  check_linear(oracle::linear(), x, w, b);
  check_linear(oracle::linear_without_bias(), x, w, Tensor());
  check_linear(oracle::linear_of_a_vector(), x.select(0, 0).select(0, 0), w, b);
}

TEST_CASE("oracle of 05: a nested Sequential, its names and all gradients", "[05][gradient]") {
  Rng rng(1);
  const Sequential model(Linear(4, 3, rng), Tanh(), Sequential(Linear(3, 3, rng), ReLU()),
                         Linear(3, 2, rng));
  std::vector<std::string> names;
  std::vector<Tensor> leaves;
  for (const auto& [name, parameter] : model.named_parameters()) {
    copy_into(parameter, waves(100 * int(names.size()), parameter.shape()));
    names.push_back(name);
    leaves.push_back(parameter);
  }
  CHECK(names == oracle::mlp_names);
  leaves.push_back(waves(1000, {3, 4}).set_requires_grad(true));
  const Tensor y = model(leaves.back());
  check_golden(oracle::mlp(), y);
  check_gradients(oracle::mlp(), grad(sum(y * cosines(y)), leaves));
}

TEST_CASE("oracle of 05: what dropout keeps is scaled exactly, and so is its gradient",
          "[05][gradient]") {
  Rng rng(2);
  const Dropout layer(0.3, rng);
  const Tensor x = ones({1000}).set_requires_grad(true);
  const Tensor y = layer(x);
  Index kept = 0;
  for (const double number : read(y).numbers) {
    if (number == 0) continue;
    ++kept;
    if (number != oracle::dropout_scale[0]) check_number(number, oracle::dropout_scale[0]);
  }
  CHECK(std::abs(double(kept) - 700) <
        5 * 14.5);  // the standard deviation is sqrt(1000 * 0.3 * 0.7)
  CHECK_TENSOR_NEAR(grad(sum(y), {x})[0], read(y), 0);
  check_golden(oracle::dropout_of_all(), Dropout(1, rng)(ones({3})));
  CHECK_TENSOR_NEAR(Dropout(0, rng)(x), read(x), 0);
}

TEST_CASE("oracle of 05: gains, standard deviations and bounds of initialisation",
          "[05][gradient]") {
  using init::Nonlinearity;
  const double gains[] = {init::calculate_gain(Nonlinearity::linear),
                          init::calculate_gain(Nonlinearity::sigmoid),
                          init::calculate_gain(Nonlinearity::tanh),
                          init::calculate_gain(Nonlinearity::relu),
                          init::calculate_gain(Nonlinearity::leaky_relu),
                          init::calculate_gain(Nonlinearity::leaky_relu, 0.2)};
  for (std::size_t i = 0; i < oracle::gains.size(); ++i) check_number(gains[i], oracle::gains[i]);
  const double root_of_3 = std::sqrt(3.0);  // the bound of a uniform distribution, in deviations
  std::size_t i = 0;
  for (const Shape& shape : {Shape{6, 2}, Shape{5, 8}, Shape{3, 4, 5, 5}}) {
    check_number(init::xavier_std(shape), oracle::drawn[i++]);
    check_number(root_of_3 * init::xavier_std(shape, {.gain = 5.0 / 3}), oracle::drawn[i++]);
    check_number(init::kaiming_std(shape), oracle::drawn[i++]);
    check_number(init::kaiming_std(shape, {.a = 0.2, .mode = init::FanMode::out}),
                 oracle::drawn[i++]);
    check_number(init::kaiming_std(shape, {.nonlinearity = Nonlinearity::relu}),
                 oracle::drawn[i++]);
    check_number(root_of_3 * init::kaiming_std(shape, {.a = std::sqrt(5.0)}), oracle::drawn[i++]);
  }
  CHECK(i == oracle::drawn.size());
}

TEST_CASE("oracle of 05: Linear draws up to PyTorch's bounds", "[05][gradient]") {
  Rng rng(3);
  const Linear layer(784, 128, rng);
  const double bound = oracle::linear_bounds[0];
  CHECK(largest(layer.weight) <= bound);
  CHECK(largest(layer.weight) > 0.999 * bound);  // of 100,352 draws
  CHECK(largest(layer.bias) <= oracle::linear_bounds[1]);
  CHECK(largest(layer.bias) > 0.9 * oracle::linear_bounds[1]);
}
