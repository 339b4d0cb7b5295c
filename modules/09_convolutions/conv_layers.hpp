// 09_convolutions / conv_layers.hpp: the functions of this module as layers with parameters. Given
// code.
//
//   Sequential(Conv2d(1, 6, 5, rng, {.padding = 2}), BatchNorm2d(6), ReLU(), MaxPool2d(2), Flatten())
#pragma once
#include <cmath>
#include <string>

#include <tinytorch/convolutions/batch_norm.hpp>
#include <tinytorch/convolutions/conv2d.hpp>
#include <tinytorch/convolutions/pool.hpp>
#include <tinytorch/layers.hpp>

namespace tinytorch {

/// Conv2dOptions, and whether there is a bias.
struct Conv2dLayerOptions {
  Index stride = 1, padding = 0, dilation = 1, groups = 1;
  bool bias = true;
};

/// conv2d with a weight [out, in/groups, kernel, kernel] and a bias [out].
///
/// Examples    Conv2d(1, 8, 5, rng, {.padding = 2}): [N, 1, 28, 28] -> [N, 8, 28, 28], 208 parameters
/// In PyTorch  torch/nn/modules/conv.py, Conv2d
class Conv2d : public Module {
 public:
  using Options = Conv2dLayerOptions;

  /// Weight and bias start uniform in +-1/sqrt(fan_in), as Linear's do.
  Conv2d(Index in, Index out, Index kernel, Rng& rng, Options options = {})
      : weight(parameter("weight", init::kaiming_uniform(weight_shape(in, out, kernel, options),
                                                         rng, {.a = std::sqrt(5.0)}))),
        bias(options.bias ? parameter("bias", initial_bias(weight.shape(), rng)) : Tensor()),
        options_{options.stride, options.padding, options.dilation, options.groups} {}

  Tensor forward(const Tensor& x) const override { return conv2d(x, weight, bias, options_); }

  const Tensor weight;  // [out, in/groups, kernel, kernel]
  const Tensor bias;    // [out], or undefined

 private:
  static Shape weight_shape(Index in, Index out, Index kernel, const Options& options) {
    const Index groups = options.groups;
    if (in < 1 || out < 1 || kernel < 1 || groups < 1 || in % groups != 0 || out % groups != 0) {
      throw ValueError("Conv2d: expects sizes >= 1 and channels that groups divides, got in " +
                       std::to_string(in) + ", out " + std::to_string(out) + ", kernel " +
                       std::to_string(kernel) + ", groups " + std::to_string(groups));
    }
    return {out, in / groups, kernel, kernel};
  }

  static Tensor initial_bias(const Shape& weight, Rng& rng) {
    const double bound = 1 / std::sqrt(static_cast<double>(init::calculate_fans(weight).in));
    return init::uniform({weight[0]}, rng, -bound, bound);
  }

  const Conv2dOptions options_;
};

class MaxPool2d : public Module {
 public:
  using Options = MaxPool2dOptions;

  explicit MaxPool2d(Index kernel, Options options = {}) : kernel_(kernel), options_(options) {}
  Tensor forward(const Tensor& x) const override { return max_pool2d(x, kernel_, options_); }

 private:
  const Index kernel_;
  const Options options_;
};

class AvgPool2d : public Module {
 public:
  using Options = AvgPool2dOptions;

  explicit AvgPool2d(Index kernel, Options options = {}) : kernel_(kernel), options_(options) {}
  Tensor forward(const Tensor& x) const override { return avg_pool2d(x, kernel_, options_); }

 private:
  const Index kernel_;
  const Options options_;
};

struct BatchNorm2dOptions {
  double eps = 1e-5, momentum = 0.1;
};

/// batch_norm with a weight and a bias to be learned, and running numbers that a checkpoint keeps.
///
/// In PyTorch  torch/nn/modules/batchnorm.py, BatchNorm2d
class BatchNorm2d : public Module {
 public:
  using Options = BatchNorm2dOptions;

  explicit BatchNorm2d(Index channels, Options options = {})
      : weight(parameter("weight", ones({channels}))),
        bias(parameter("bias", zeros({channels}))),
        running_mean(buffer("running_mean", zeros({channels}))),
        running_var(buffer("running_var", ones({channels}))),
        num_batches_tracked(buffer("num_batches_tracked", scalar(0))),
        options_(options) {}

  Tensor forward(const Tensor& x) const override {
    const bool training = is_training();
    const Tensor y =
        batch_norm(x, running_mean, running_var, weight, bias,
                   {.training = training, .momentum = options_.momentum, .eps = options_.eps});
    if (training) Tensor(num_batches_tracked).add_(scalar(1));
    return y;
  }

  const Tensor weight, bias;                                    // [C]
  const Tensor running_mean, running_var, num_batches_tracked;  // [C], [C], []

 private:
  const Options options_;
};

}  // namespace tinytorch
