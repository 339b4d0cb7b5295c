// 14_training / clip_grad.hpp: one bad batch must not undo a day.
//
//   loss.backward();
//   const double norm = clip_grad_norm(model.parameters(), 1.0);
//   optimizer.step();
#pragma once
#include <cmath>
#include <string>
#include <vector>

#include <tinytorch/autograd.hpp>

namespace tinytorch {

/// Shortens all gradients together to a length of at most max_norm; returns the length they had.
///
/// Goal        A step that is never longer than expected, in the direction that backward found.
/// Background  All gradients side by side are one vector. Its length is the root of the sum of all
///             squares; if it is too long, every number is scaled by the same factor, so that the
///             direction stays. Clipping each number, or each tensor by itself, would turn it
///             (Pascanu, Mikolov and Bengio 2013). A NaN stays: it is a bug to be seen, not a step to
///             be shortened. Parameters without a gradient take no part.
/// Examples    gradients [3] and [4], max_norm 1 -> [0.6] and [0.8], returns 5;  max_norm 5 or more:
///             nothing changes
/// Cost        two passes over the gradients; no tensor is made for the first one
/// In PyTorch  torch/nn/utils/clip_grad.py, clip_grad_norm_, which divides by norm + 1e-6
inline double clip_grad_norm(const std::vector<Tensor>& parameters, double max_norm) {
  if (!(max_norm > 0)) {
    throw ValueError("clip_grad_norm: expects max_norm > 0, got " + std::to_string(max_norm));
  }
  // TODO(14.4): the norm over all gradients; if it is larger than max_norm, scale each in place.
  // HINT: add the squares in double: 1e20 squared is infinite in float.
  // HINT: NoGrad; grad() is a handle, mul_(factor) through it changes what the parameter holds.
  // BEGIN SOLUTION 14.4
  const NoGrad no_grad;
  double squares = 0;
  for (const Tensor& parameter : parameters) {
    if (!parameter.grad().defined()) continue;
    const Tensor grad = parameter.grad().contiguous();
    for (Index i = 0; i < grad.numel(); ++i) {
      const double g = static_cast<double>(grad.data()[i]);
      squares += g * g;
    }
  }
  const double norm = std::sqrt(squares);
  if (norm > max_norm) {
    for (const Tensor& parameter : parameters) {
      Tensor grad = parameter.grad();
      if (grad.defined()) grad.mul_(static_cast<real>(max_norm / norm));
    }
  }
  return norm;
  // END SOLUTION 14.4
}

}  // namespace tinytorch
