// 09_convolutions / batch_norm.hpp: every channel brought to mean 0 and variance 1, then to what is
// learned.
//
//   batch_norm(x, running_mean, running_var, weight, bias, {.training = true})
// In training a channel's mean and variance are those of the batch, over N, H and W; the running
// ones follow slowly and serve afterwards, when a batch may be a single image.
// Source: Ioffe and Szegedy 2015, Batch Normalization, arXiv:1502.03167
// In PyTorch: torch.nn.functional.batch_norm; aten/src/ATen/native/Normalization.cpp
#pragma once
#include <string>

#include <tinytorch/autograd.hpp>

namespace tinytorch {

struct BatchNormOptions {
  bool training = false;
  double momentum = 0.1;  // the share of the new batch in the running numbers
  double eps = 1e-5;      // keeps a constant channel from a division by 0
};

/// (x - mean) / sqrt(var + eps) * weight + bias, for each channel with its own four numbers.
///
/// Background  All four are [C] and x is [N, C, H, W]: aligned from the right they would meet W.
/// Examples    x 3, mean 1, var 4, weight 10, bias 0.5, eps 0 -> (3 - 1) / 2 * 10 + 0.5 = 10.5
/// Cost        three passes over x: what belongs to a channel is computed once a channel
inline Tensor normalize_channels(const Tensor& x, const Tensor& mean, const Tensor& var,
                                 const Tensor& weight, const Tensor& bias, double eps) {
  // TODO(09.13): give the numbers of the channels a shape that meets axis 1 of x, then the formula.
  // HINT: [C] -> [C, 1, 1]
  // HINT: weight / sqrt(var + eps) has C numbers; compute it before it meets x.
  // BEGIN SOLUTION 09.13
  const Shape a_channel = {-1, 1, 1};
  const Tensor scale = weight / sqrt(var + static_cast<real>(eps));  // [C]
  return (x - mean.reshape(a_channel)) * scale.reshape(a_channel) + bias.reshape(a_channel);
  // END SOLUTION 09.13
}

/// Moves the running mean and variance towards those of a batch, in place.
///
/// Goal        Numbers for the time after training that no single batch decides.
/// Background  running = (1 - momentum) * running + momentum * new. The batch is a sample: its
///             variance, taken around its own mean, is too small by (n - 1) / n on average, so the
///             running variance takes the unbiased one. To normalise, the biased one is used.
/// Examples    running_mean 0, batch mean 5, momentum 0.1 -> 0.5
inline void update_running(Tensor running_mean, Tensor running_var, const Tensor& mean,
                           const Tensor& var, Index count, double momentum) {
  const NoGrad no_grad;  // the running numbers are no part of the function that is learned
  // TODO(09.14): var is the biased variance of `count` numbers a channel.
  // HINT: mul_ and add_(other, scale) change a tensor in place.
  // BEGIN SOLUTION 09.14
  const real keep = static_cast<real>(1 - momentum), take = static_cast<real>(momentum);
  const real unbias = static_cast<real>(count) / static_cast<real>(count - 1);
  running_mean.mul_(keep).add_(mean, take);
  running_var.mul_(keep).add_(var, take * unbias);
  // END SOLUTION 09.14
}

/// Batch normalisation over the channels of x [N, C, H, W].
///
/// Goal        Layers that need not follow each other's scale: larger steps, less care at the start.
/// Background  In training the mean and the variance are functions of x, and the gradient goes
///             through both: adding a constant to a channel changes nothing, so the gradients of a
///             channel sum to 0. It follows from the rules of mean and var; nothing is written here.
/// Cost        reads x five times in training, three times after it
inline Tensor batch_norm(const Tensor& x, const Tensor& running_mean, const Tensor& running_var,
                         const Tensor& weight, const Tensor& bias,
                         const BatchNormOptions& options = {}) {
  if (x.dim() != 4 || Shape{x.size(1)} != running_mean.shape()) {
    throw ShapeError("batch_norm: expects x [N, " + std::to_string(running_mean.numel()) +
                     ", H, W], got " + to_string(x.shape()));
  }
  if (!options.training) {
    return normalize_channels(x, running_mean, running_var, weight, bias, options.eps);
  }
  const Shape over = {0, 2, 3};
  const Index count = x.size(0) * x.size(2) * x.size(3);
  if (count < 2) {
    throw ValueError("batch_norm: expects more than one number a channel in training, got " +
                     to_string(x.shape()) +
                     "\n  hint: a larger batch, or eval() if the model only answers");
  }
  const Tensor batch_mean = mean(x, over);          // [C]
  const Tensor batch_var = var(x, over, false, 0);  // [C], divided by count
  update_running(running_mean, running_var, batch_mean.detach(), batch_var.detach(), count,
                 options.momentum);
  return normalize_channels(x, batch_mean, batch_var, weight, bias, options.eps);
}

}  // namespace tinytorch
