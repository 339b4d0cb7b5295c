// Convolutions, pools, unfold and batch normalisation with all gradients and running numbers, as PyTorch computes them:
// tests/oracles/09_convolutions.py.
#include <set>
#include <string>

#include <tinytorch/convolutions.hpp>

#include "09_oracle.hpp"
#include "oracle_gradients.hpp"

using namespace tinytorch;
using namespace tt_test;

namespace {

Tensor images() { return waves(1, {2, 2, 5, 4}); }
Tensor wide() { return waves(1, {1, 4, 5, 4}); }

void check_conv(const Golden& golden, const Conv2dOptions& options, std::vector<Tensor> operands) {
  check_golden(
      golden,
      [&](Inputs in) { return conv2d(in[0], in[1], in.size() > 2 ? in[2] : Tensor(), options); },
      std::move(operands));
}

void copy_into(Tensor parameter, const Tensor& numbers) {
  const NoGrad no_grad;
  parameter.copy_(numbers);
}

double largest(const Tensor& t) {
  double most = 0;
  for (const double x : read(t).numbers) most = std::max(most, std::abs(x));
  return most;
}

}  // namespace

TEST_CASE("oracle of 09: conv2d with steps, padding, gaps and groups", "[09][gradient]") {
  check_conv(oracle::conv(), {}, {images(), waves(300, {3, 2, 2, 3}), waves(400, {3})});
  check_conv(oracle::conv_strided(), {.stride = 2, .padding = 1},
             {images(), waves(300, {3, 2, 3, 3}), waves(400, {3})});
  check_conv(oracle::conv_dilated(), {.padding = 2, .dilation = 2},
             {images().slice(1, 0, 1), waves(300, {2, 1, 3, 2}), waves(400, {2})});
  check_conv(oracle::conv_grouped(), {.stride = 2, .padding = 1, .dilation = 2, .groups = 2},
             {wide(), waves(300, {4, 2, 3, 2}), waves(400, {4})});
  check_conv(oracle::conv_depthwise(), {.padding = 1, .groups = 4},
             {wide(), waves(300, {4, 1, 3, 3})});
}

TEST_CASE("oracle of 09: unfold and fold", "[09][gradient]") {
  const UnfoldOptions steps = {.stride = 2, .padding = 1};
  const Tensor image = images().slice(0, 0, 1);
  check_golden(oracle::unfold(), [&](Inputs in) { return unfold(in[0], {2, 3}, steps); }, {image});
  check_golden(oracle::unfold_dilated(),
               [](Inputs in) {
                 return unfold(in[0], {2, 2}, {.dilation = 3});
               },
               {image.slice(1, 0, 1)});
  check_golden(oracle::fold(),
               [&](Inputs in) {
                 return fold(in[0], {5, 4}, {2, 3}, steps);
               },
               {waves(1, {1, 12, 6})});
}

TEST_CASE("oracle of 09: pools, also of equal numbers", "[09][gradient]") {
  check_golden(oracle::max_pool(), [](Inputs in) { return max_pool2d(in[0], 2); }, {images()});
  check_golden(oracle::max_pool_padded(),
               [](Inputs in) { return max_pool2d(in[0], 3, {.stride = 2, .padding = 1}); },
               {images()});
  check_golden(oracle::max_pool_ties(),
               [](Inputs in) { return max_pool2d(in[0], 2, {.stride = 1}); }, {ones({1, 1, 3, 4})});
  check_golden(oracle::avg_pool(), [](Inputs in) { return avg_pool2d(in[0], 2); }, {images()});
  check_golden(oracle::avg_pool_padded(),
               [](Inputs in) { return avg_pool2d(in[0], 3, {.stride = 2, .padding = 1}); },
               {images()});
}

TEST_CASE("oracle of 09: batch norm in evaluation", "[09][gradient]") {
  const Tensor mean = waves(700, {2}), var = abs(waves(800, {2})) + 0.5;
  check_golden(oracle::batch_norm_eval(),
               [&](Inputs in) { return batch_norm(in[0], mean, var, in[1], in[2]); },
               {images(), waves(500, {2}), waves(600, {2})});
}

TEST_CASE("oracle of 09: batch norm in training, its gradients and running numbers",
          "[09][gradient]") {
  const BatchNorm2d layer(2, {.eps = 1e-3, .momentum = 0.3});
  std::set<std::string> names;  // a StateDict is sorted
  for (const auto& [name, t] : layer.state_dict()) names.insert(name);
  CHECK(names == std::set(oracle::batch_norm_names.begin(), oracle::batch_norm_names.end()));
  copy_into(layer.weight, waves(500, {2}));
  copy_into(layer.bias, waves(600, {2}));
  const Golden steps[] = {oracle::batch_norm_step_1(), oracle::batch_norm_step_2()};
  const Golden means[] = {oracle::running_mean_1(), oracle::running_mean_2()};
  const Golden vars[] = {oracle::running_var_1(), oracle::running_var_2()};
  for (int step = 1; step <= 2; ++step) {
    const Tensor x = (waves(1000 * step, {2, 2, 3, 2}) * step + step).set_requires_grad(true);
    const Tensor y = layer(x);
    check_golden(steps[step - 1], y);
    check_gradients(steps[step - 1], grad(sum(y * cosines(y)), {x, layer.weight, layer.bias}));
    check_golden(means[step - 1], layer.running_mean);
    check_golden(vars[step - 1], layer.running_var);
    CHECK(layer.num_batches_tracked.item() == step);
  }
}

TEST_CASE("oracle of 09: Conv2d draws up to PyTorch's bounds", "[09][gradient]") {
  Rng rng(1);
  const Conv2d layer(8, 4, 5, rng, {.groups = 2});
  CHECK(largest(layer.weight) <= oracle::conv_bounds[0]);
  CHECK(largest(layer.weight) > 0.95 * oracle::conv_bounds[0]);  // of 400 draws
  CHECK(largest(layer.bias) <= oracle::conv_bounds[1]);
  CHECK_SHAPE(layer(ones({1, 8, 5, 5})), {1, 4, 1, 1});
}

TEST_CASE("oracle of 09: a small network, all gradients", "[09][gradient]") {
  Rng rng(2);
  const Sequential net(Conv2d(2, 3, 3, rng, {.padding = 1}), BatchNorm2d(3), ReLU(), MaxPool2d(2),
                       Flatten(), Linear(12, 2, rng));
  int i = 0;
  std::vector<Tensor> leaves;
  for (const Tensor& parameter : net.parameters()) {
    copy_into(parameter, waves(100 * i++, parameter.shape()));
    leaves.push_back(parameter);
  }
  const Tensor y = net(images());
  check_golden(oracle::network(), y);
  check_gradients(oracle::network(), grad(sum(y * cosines(y)), leaves));
}
