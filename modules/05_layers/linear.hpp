// 05_layers / linear.hpp: class Linear, a matrix and a bias to be learned.
#pragma once
#include <cmath>
#include <string>

#include <tinytorch/layers/init.hpp>
#include <tinytorch/layers/module.hpp>

namespace tinytorch {

struct LinearOptions {
  bool bias = true;
};

/// y = x W^T + b over the last axis.
///
/// Goal        The layer that mixes features; all other axes are a batch.
/// Background  weight is [out, in], one row an output, as in PyTorch: a checkpoint fits as it is.
/// Examples    Linear(784, 128, rng): [32, 784] -> [32, 128];  [7, 5, 784] -> [7, 5, 128];  [784]
///             -> [128]
/// Cost        2 * rows * in * out operations; keeps x until backward
/// In PyTorch  torch/nn/modules/linear.py, Linear
class Linear : public Module {
 public:
  using Options = LinearOptions;

  /// Weights and biases start uniform in +-1/sqrt(in): PyTorch's Kaiming with a = sqrt(5).
  Linear(Index in, Index out, Rng& rng, Options options = {})
      : weight(parameter("weight",
                         init::kaiming_uniform(weight_shape(in, out), rng, {.a = std::sqrt(5.0)}))),
        bias(options.bias ? parameter("bias", initial_bias(in, out, rng)) : Tensor()) {}

  Tensor forward(const Tensor& x) const override {  // [*, in] -> [*, out]
    // TODO(05.9): ShapeError("Linear: expects [*, 784], got [2, 100]") if x has another last axis,
    // or none; then the product with the transposed weight, plus the bias if there is one.
    // HINT: matmul takes any leading axes already, and a vector.
    todo("05.9", "Linear::forward");
  }

  const Tensor weight;  // [out, in]
  const Tensor bias;    // [out], or undefined

 private:
  static Shape weight_shape(Index in, Index out) {
    if (in < 0 || out < 0) {
      throw ValueError("Linear: expects sizes >= 0, got in " + std::to_string(in) + ", out " +
                       std::to_string(out));
    }
    return {out, in};
  }

  static Tensor initial_bias(Index in, Index out, Rng& rng) {
    const double bound = in > 0 ? 1 / std::sqrt(static_cast<double>(in)) : 0;
    return init::uniform({out}, rng, -bound, bound);
  }
};

}  // namespace tinytorch
