// 06_losses / reduction.hpp: the loss of each example, their mean or their sum.
#pragma once
#include <tinytorch/activations.hpp>

namespace tinytorch {

enum class Reduction { none, mean, sum };

namespace detail {

/// The losses of a batch as the reduction wants them; `count` of them count.
///
/// Goal        One number to start backward from.
/// Background  With the sum, twice the batch means twice the gradient, and a learning rate fits one
///             batch size only. The mean is over what counts: where labels are ignored, `count` is
///             less than the number of losses.
/// Examples    [1, 2, 6], 3 count: none -> [1, 2, 6];  sum -> 9;  mean -> 3
///             [1, 0, 6], 2 count, one was ignored: mean -> 3.5
///             nothing counts: mean -> nan, 0 / 0, as in PyTorch
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
