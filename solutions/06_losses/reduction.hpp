// 06_losses / reduction.hpp: one loss for each example, their mean or their sum.
#pragma once
#include <tinytorch/activations.hpp>

namespace tinytorch {

enum class Reduction { none, mean, sum };

namespace detail {

/// The losses of `count` examples as the reduction wants them.
///
/// Goal        One number to start backward from.
/// Background  With the sum, twice the batch means twice the gradient, and a learning rate fits one
///             batch size only. The mean is over what was counted: with ignored labels, `count` is
///             less than the number of losses.
/// Examples    [1, 2, 6] with 3 counted: none -> [1, 2, 6];  sum -> 9;  mean -> 3
///             [1, 0, 6] with 2 counted, as one was ignored: mean -> 3.5
///             nothing counted: mean -> nan, as in PyTorch: 0 / 0
/// In PyTorch  aten/src/ATen/native/Loss.cpp, apply_loss_reduction
inline Tensor reduced(const Tensor& losses, Reduction reduction, Index count) {
  // TODO(06.1): the losses themselves, their sum, or the sum over `count`.
  // HINT: mean(losses) would divide by the wrong number.
  // BEGIN SOLUTION 06.1
  if (reduction == Reduction::none) return losses;
  const Tensor total = sum(losses);
  return reduction == Reduction::sum ? total : total / static_cast<real>(count);
  // END SOLUTION 06.1
}

}  // namespace detail

}  // namespace tinytorch
