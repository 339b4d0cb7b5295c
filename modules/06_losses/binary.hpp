// 06_losses / binary.hpp: yes or no.
#pragma once
#include <algorithm>
#include <cmath>

#include <tinytorch/losses/regression.hpp>

namespace tinytorch {

/// -y log(p) - (1 - y) log(1 - p) of each element, with p = sigmoid(z), from the logit z.
///
/// Goal        The surprise at the answer y, if the model gives yes the probability p.
/// Background  At z = 100 float has p = 1, and log(1 - p) = log(0). From the logit it is
///             max(z, 0) - z y + log(1 + exp(-|z|)): the exponential is in (0, 1], and nothing is
///             taken from 1. std::log1p(e) is log(1 + e) without losing a small e.
/// Examples    z 0, y 1 -> 0.6931472 (log 2);  z 100, y 0 -> 100;  z 100, y 1 -> 0;
///             z 1, y 0.25 -> 1.0632617
/// Cost        one exp, one log1p an element; keeps z and y
/// In PyTorch  aten/src/ATen/native/Loss.cpp, binary_cross_entropy_with_logits
struct BceWithLogits : Elementwise {
  const char* name() const override { return "binary_cross_entropy_with_logits"; }
  Saves saves() const override { return {.inputs = true, .output = false}; }
  Index flops(Inputs, const Tensor& output) const override { return 7 * output.numel(); }
  Tensor forward(Inputs in) const override {
    return map_binary(in[0], in[1], name(), [](real z, real y) {
      // TODO(06.3): return the loss of one element by the formula above.
      // HINT: std::max, std::abs, std::exp, std::log1p.
      todo("06.3", "bce_with_logits");
    });
  }
};

/// The way back: p - y for the logit, and -z for the target.
///
/// Background  Of all that the formula holds, the difference of prediction and answer is left: a
///             wrong answer at z = 100 has gradient 1, where sigmoid's own derivative is 0. That is
///             why the two are one function.
/// Examples    z 0, y 1, g 1 -> -0.5 for z;  z 2, y 0, g 3 -> 2.6423911 for z, -6 for y
inline Grads vjp(const BceWithLogits&, Inputs in, const Tensor&, const Tensor& g) {
  const Tensor &z = in[0], &y = in[1];
  // TODO(06.4): both gradients, each times g.
  todo("06.4", "vjp_bce_with_logits");
}

namespace detail {
inline const bool bce_rule_defined = define_rules<BceWithLogits>();
}

struct BinaryCrossEntropyWithLogitsOptions {
  Reduction reduction = Reduction::mean;
};

/// The loss of yes-or-no answers: logits of any shape, targets 0 .. 1 of the same shape.
///
/// In PyTorch  torch.nn.functional.binary_cross_entropy_with_logits
inline Tensor binary_cross_entropy_with_logits(const Tensor& logits, const Tensor& target,
                                               BinaryCrossEntropyWithLogitsOptions options = {}) {
  detail::check_same_shape(logits, target, "binary_cross_entropy_with_logits");
  return detail::reduced(apply(BceWithLogits{}, {logits, target}), options.reduction,
                         logits.numel());
}

}  // namespace tinytorch
