// 06_losses / binary.hpp: yes or no.
#pragma once
#include <algorithm>
#include <cmath>

#include <tinytorch/losses/regression.hpp>

namespace tinytorch {

/// -y log(p) - (1 - y) log(1 - p) of each element, with p = sigmoid(z), from the score z.
///
/// Goal        The surprise at the answer y of a model that gives yes the probability p.
/// Background  At z = 100 float has p = 1, and log(1 - p) is log(0). Put sigmoid into the formula
///             and simplify: max(z, 0) - z y + log(1 + exp(-|z|)). The exponential is at most 1, and
///             nothing is taken away from 1. std::log1p(e) is log(1 + e) that keeps a small e.
/// Examples    z 0, y 1 -> 0.6931472 (log 2);  z 100, y 0 -> 100;  z 100, y 1 -> 0;
///             z 1, y 0.25 -> 1.0632617
/// Cost        one exp, one log1p an element; keeps z and y
/// In PyTorch  aten/src/ATen/native/Loss.cpp, binary_cross_entropy_with_logits
struct BceWithLogits : Elementwise {
  const char* name() const override { return "binary_cross_entropy_with_logits"; }
  Saves saves() const override { return {.inputs = true, .output = false}; }
  Index flops(Inputs, const Tensor& output) const override { return 7 * output.numel(); }
  Tensor forward(Inputs in) const override {
    return map_binary(in[0], in[1], name(), [](real z, real y) -> real {
      // TODO(06.3): the loss of one element, by the formula above.
      // HINT: std::max, std::abs, std::exp, std::log1p.
      // BEGIN SOLUTION 06.3
      return std::max(z, real(0)) - z * y + std::log1p(std::exp(-std::abs(z)));
      // END SOLUTION 06.3
    });
  }
};

/// The way back: p - y for the score, -z for the target.
///
/// Background  Of all that the formula holds, the difference of belief and answer is left. A wrong
///             answer at z = 100 has gradient 1, where sigmoid's own slope is 0: that is why the two
///             are one function.
/// Examples    z 0, y 1, g 1 -> -0.5 for z;  z 2, y 0, g 3 -> 2.6423912 for z, -6 for y
inline Grads vjp(const BceWithLogits&, Inputs in, const Tensor&, const Tensor& g) {
  const Tensor &z = in[0], &y = in[1];
  Grads grads(2);
  // TODO(06.4): fill grads[0]; and grads[1], but only if y.requires_grad(), for it seldom does.
  // HINT: each is the derivative times g, in ordinary operations; sigmoid is one.
  // BEGIN SOLUTION 06.4
  grads[0] = g * (sigmoid(z) - y);
  if (y.requires_grad()) grads[1] = -(g * z);
  return grads;
  // END SOLUTION 06.4
}

namespace detail {
inline const bool bce_rule_defined = define_rules<BceWithLogits>();
}  // namespace detail

struct BinaryCrossEntropyWithLogitsOptions {
  Reduction reduction = Reduction::mean;
};

/// The loss of yes-or-no answers: scores of any shape, targets from 0 to 1 of the same shape.
///
/// In PyTorch  torch.nn.functional.binary_cross_entropy_with_logits
inline Tensor binary_cross_entropy_with_logits(const Tensor& logits, const Tensor& target,
                                               BinaryCrossEntropyWithLogitsOptions options = {}) {
  detail::check_same_shape(logits, target, "binary_cross_entropy_with_logits");
  return detail::reduced(apply(BceWithLogits{}, {logits, target}), options.reduction,
                         logits.numel());
}

}  // namespace tinytorch
