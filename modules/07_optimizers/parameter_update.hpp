// 07_optimizers / parameter_update.hpp: one parameter during one step. Given code.
//
//   p.value[i], p.grad[i]     i in 0 .. p.count-1: plain memory, contiguous
//   p.buffer("exp_avg")       as many numbers, remembered from step to step, 0 at first
//   p.next_step()             1 in this parameter's first step, then 2, 3, ...
// An update rule is a loop over these: it makes no tensor, but for a buffer on first use.
#pragma once
#include <string>

#include <tinytorch/layers.hpp>  // StateDict

namespace tinytorch {

class ParameterUpdate {
 public:
  /// Both tensors must be contiguous, and outlive this object, as `state` must.
  ParameterUpdate(const Tensor& parameter, const Tensor& gradient, StateDict& state)
      : tensor(parameter),
        count(parameter.numel()),
        value(parameter.data()),
        grad(gradient.data()),
        state_(state) {}

  const Tensor& tensor;  // for a rule that needs the shape
  const Index count;
  real* const value;
  const real* const grad;

  bool remembers(const std::string& name) const { return state_.count(name) != 0; }

  real* buffer(const std::string& name) {
    Tensor& kept = state_[name];
    if (!kept.defined()) kept = zeros(tensor.shape());
    return kept.data();
  }

  /// Counted in a tensor so that it is saved with the rest; exact up to 2^24 steps, as in PyTorch.
  double next_step() {
    Tensor& steps = state_["step"];
    if (!steps.defined()) steps = scalar(0);
    return static_cast<double>(*steps.data() += 1);
  }

 private:
  StateDict& state_;
};

}  // namespace tinytorch
