// 04_activations / relu.hpp: two straight lines that meet at 0.
//
// Both rules read the result and not the input: its sign says on which side the input was. In a
// network the next matrix product keeps that result anyway, so the activation itself keeps no
// memory of its own.
#pragma once
#include <string>

#include <tinytorch/autograd.hpp>

namespace tinytorch {

/// x where it is positive, 0 elsewhere.
///
/// Goal        The non-linearity that made deep networks trainable: its slope is 1 wherever it is
///             on, so a gradient passes through many of them undiminished.
/// Background  NaN must stay NaN: an activation that turns it into 0 hides the fault that made it.
///             A comparison with NaN is false, so it matters which way round you ask.
/// Examples    [-2, -0.5, 0, 3] -> [0, 0, 0, 3];  nan -> nan;  -inf -> 0
/// Cost        one comparison an element; reading and writing memory is what takes the time
/// In PyTorch  aten/src/ATen/native/Activation.cpp, relu, which is clamp_min(x, 0)
struct ReluOp : Elementwise {
  const char* name() const override { return "relu"; }
  Saves saves() const override { return {.inputs = false, .output = true}; }
  Tensor forward(Inputs in) const override {
    // TODO(04.1): map_unary with the formula of one number.
    // HINT: for NaN the condition is false. Which of the two values must stand there?
    // BEGIN SOLUTION 04.1
    return map_unary(in[0], [](real x) { return x <= 0 ? real(0) : x; });
    // END SOLUTION 04.1
  }
};

/// g where relu was on, 0 where it was off. At 0, where there is a bend, 0, as in PyTorch.
///
/// Background  Not g * mask: where relu was off, a g of inf or nan would give 0 * inf = nan.
/// Examples    y [0, 0, 3], g [5, inf, 7] -> [0, 0, 7]
/// In PyTorch  tools/autograd/derivatives.yaml, relu: threshold_backward(grad, result, 0)
inline Grads vjp(const ReluOp&, Inputs, const Tensor& out, const Tensor& g) {
  // TODO(04.2): choose between 0 and g by the result, element by element.
  // HINT: le(a, b) is 1 where a <= b; scalar(0) broadcasts; 02_ops has the operation that chooses.
  // BEGIN SOLUTION 04.2
  if (!grad_enabled()) {  // nobody differentiates again: one pass over memory instead of two
    return {fused("relu_grad", 2, out, g, [](real y, real dy) { return y <= 0 ? 0 : dy; })};
  }
  return {where(le(out, scalar(0)), scalar(0), g)};
  // END SOLUTION 04.2
}

/// x where it is positive, slope * x elsewhere.
///
/// Examples    slope 0.1: [-2, 0, 3] -> [-0.2, 0, 3]
/// Cost        a comparison and a multiplication an element
/// In PyTorch  aten/src/ATen/native/Activation.cpp, leaky_relu
struct LeakyReluOp : Elementwise {
  real slope;
  explicit LeakyReluOp(real negative_slope) : slope(negative_slope) {}

  const char* name() const override { return "leaky_relu"; }
  Saves saves() const override { return {.inputs = false, .output = true}; }
  Index flops(Inputs, const Tensor& output) const override { return 2 * output.numel(); }
  Tensor forward(Inputs in) const override {
    return map_unary(in[0], [s = slope](real x) { return x > 0 ? x : s * x; });
  }
};

/// g where x was positive, slope * g elsewhere, at 0 too.
///
/// Examples    slope 0.1, y [-0.2, 0, 3], g [5, 5, 7] -> [0.5, 0.5, 7]
inline Grads vjp(const LeakyReluOp& op, Inputs, const Tensor& out, const Tensor& g) {
  // TODO(04.3): choose between g and slope * g by the sign of the result.
  // HINT: the slope is op.slope. Why does the sign of the result tell that of x, also for slope 0?
  // BEGIN SOLUTION 04.3
  return {where(gt(out, scalar(0)), g, g * op.slope)};
  // END SOLUTION 04.3
}

inline Tensor relu(const Tensor& x) { return apply(ReluOp{}, {x}); }

struct LeakyReluOptions {
  double negative_slope = 0.01;
};

/// relu that never switches off wholly: negative numbers keep a little of their slope.
inline Tensor leaky_relu(const Tensor& x, LeakyReluOptions options = {}) {
  if (!(options.negative_slope >= 0)) {
    throw ValueError("leaky_relu: expects negative_slope >= 0, got " +
                     std::to_string(options.negative_slope) +
                     "\n  with another sign the result would not tell the sign of x, "
                     "and the rule reads the result");
  }
  return apply(LeakyReluOp(static_cast<real>(options.negative_slope)), {x});
}

namespace detail {
inline const bool relu_rules_defined = define_rules<ReluOp, LeakyReluOp>();
}  // namespace detail

}  // namespace tinytorch
