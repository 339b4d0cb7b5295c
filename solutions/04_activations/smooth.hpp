// 04_activations / smooth.hpp: sigmoid, and the two gates made of such a curve: silu and gelu.
//
// A gate is x times a number between 0 and 1 that depends on x: silu(x) = x * sigmoid(x),
// gelu(x) = x * Phi(x), where Phi(x) is the chance that a normal random number is below x.
// Their formulas of one number, detail::sigmoid and detail::normal_cdf, deal with the trouble that
// exp and erf make, once.
#pragma once
#include <cmath>
#include <numbers>

#include <tinytorch/autograd.hpp>

namespace tinytorch {

namespace detail {

/// 1 / (1 + exp(-x)), for every x.
///
/// Goal        Any number to a number between 0 and 1: a probability from a score.
/// Background  exp(-x) overflows for x < -88 in float. Written with exp(-|x|) nothing can: that is
///             in (0, 1]. For x < 0 multiply numerator and denominator by exp(x).
/// Examples    0 -> 0.5;  2 -> 0.8807971;  -100 -> 3.8e-44 (not nan, not 0);  inf -> 1;  -inf -> 0
/// Cost        one exp, one division
/// In PyTorch  aten/src/ATen/native/cpu/UnaryOpsKernel.cpp, sigmoid_kernel: 1 / (1 + exp(-x)); its
///             overflow happens to end well, in 1 / inf = 0
inline real sigmoid(real x) {
  // TODO(04.4): the two forms, x >= 0 and x < 0, with one exp that cannot overflow.
  // HINT: with e = exp(-|x|) both forms have the denominator 1 + e.
  // BEGIN SOLUTION 04.4
  const real e = fast::exp(-std::abs(x));
  return (x >= 0 ? 1 : e) / (1 + e);
  // END SOLUTION 04.4
}

}  // namespace detail

/// sigmoid(x) of each element. (The plain name, SigmoidOp, is that of the layer, as in PyTorch.)
struct SigmoidOp : Elementwise {
  const char* name() const override { return "sigmoid"; }
  Saves saves() const override { return {.inputs = false, .output = true}; }
  Index flops(Inputs, const Tensor& output) const override { return 4 * output.numel(); }
  Tensor forward(Inputs in) const override {
    return map_unary(in[0], [](real x) { return detail::sigmoid(x); });
  }
};

/// The derivative of sigmoid, by its result alone.
///
/// Background  With y = 1 / (1 + e) and e = exp(-x): dy/dx = e / (1 + e)^2. Which factor of that is
///             y, and what is the other one? At its best (x = 0) it is 1/4: ten sigmoids in a row
///             leave at most a millionth of a gradient.
/// Examples    y 0.5, g 1 -> 0.25;  y 1, g 1 -> 0
/// In PyTorch  tools/autograd/derivatives.yaml, sigmoid: sigmoid_backward(grad, result)
inline Grads vjp(const SigmoidOp&, Inputs, const Tensor& out, const Tensor& g) {
  // TODO(04.5): g times the derivative, which needs `out` only.
  // HINT: e / (1 + e) is 1 - y.
  // BEGIN SOLUTION 04.5
  return {g * out * (1 - out)};
  // END SOLUTION 04.5
}

/// x * sigmoid(x), also called swish.
///
/// Examples    1 -> 0.7310586;  -1 -> -0.2689414: it dips below 0, to -0.278 at x = -1.278
/// In PyTorch  aten/src/ATen/native/cpu/Activation.cpp, silu_kernel
struct SiluOp : Elementwise {
  const char* name() const override { return "silu"; }
  Saves saves() const override { return {.inputs = true, .output = false}; }
  Index flops(Inputs, const Tensor& output) const override { return 5 * output.numel(); }
  Tensor forward(Inputs in) const override {
    return map_unary(in[0], [](real x) { return x * detail::sigmoid(x); });
  }
};

inline Tensor sigmoid(const Tensor& x) { return apply(SigmoidOp{}, {x}); }
inline Tensor silu(const Tensor& x) { return apply(SiluOp{}, {x}); }

/// The derivative of x * sigmoid(x).
///
/// Background  The result does not tell the input: silu has the value -0.2 at two places. So the
///             input is kept, and sigmoid is computed once more: arithmetic instead of memory.
/// Examples    x 0, g 1 -> 0.5;  x 1, g 1 -> 0.9276705
inline Grads vjp(const SiluOp&, Inputs in, const Tensor&, const Tensor& g) {
  // TODO(04.6): the product rule.
  // HINT: with s = sigmoid(x) the derivative is s + x * s', and s' you know from 04.5.
  // BEGIN SOLUTION 04.6
  const Tensor& x = in[0];
  const Tensor s = sigmoid(x);
  return {g * (s + x * s * (1 - s))};
  // END SOLUTION 04.6
}

namespace detail {

/// The chance that a normal random number (mean 0, variance 1) is below x: Phi(x).
///
/// Goal        The gate of gelu.
/// Background  Phi(x) = (1 + erf(x / sqrt 2)) / 2. At x = -6 erf is -1 to all the digits that
///             float has, and 1 + erf is 0. erfc(z) = 1 - erf(z) is computed without that
///             subtraction; which z makes it 1 + erf(x / sqrt 2)?
/// Examples    0 -> 0.5;  1 -> 0.8413447;  -6 -> 9.8659e-10
/// In PyTorch  torch.special.ndtr; gelu itself takes erf (aten/src/ATen/native/cpu/Activation.cpp)
inline real normal_cdf(real x) {
  // TODO(04.7): Phi(x) that is right far to the left, too.
  // HINT: erf(-z) = -erf(z); std::erfc, or fast::erfc (support/fast_math.hpp).
  // HINT: 1 / sqrt(2) is std::numbers::sqrt2_v<real> / 2.
  // BEGIN SOLUTION 04.7
  return fast::erfc(-x * (std::numbers::sqrt2_v<real> / 2)) / 2;
  // END SOLUTION 04.7
}

// The tanh form of gelu: tanh(u) with u = gelu_scale * (x + gelu_cubic * x^3).
inline constexpr real gelu_scale =  // sqrt(2 / pi)
    std::numbers::sqrt2_v<real> * std::numbers::inv_sqrtpi_v<real>;
inline constexpr real gelu_cubic = real(0.044715);  // fitted by Hendrycks and Gimpel

}  // namespace detail

/// Phi(x) of each element: a primitive so that the rule of gelu can be differentiated. Given code.
struct NormalCdf : Elementwise {
  const char* name() const override { return "normal_cdf"; }
  Saves saves() const override { return {.inputs = true, .output = false}; }
  Index flops(Inputs, const Tensor& output) const override { return 3 * output.numel(); }
  Tensor forward(Inputs in) const override {
    return map_unary(in[0], [](real x) { return detail::normal_cdf(x); });
  }
};

/// The bell curve phi(x) = exp(-x^2 / 2) / sqrt(2 pi), the derivative of Phi. Given code.
inline Tensor normal_pdf(const Tensor& x) {
  return exp(x * x * real(-0.5)) *
         (std::numbers::inv_sqrtpi_v<real> * std::numbers::sqrt2_v<real> / 2);
}

inline Tensor normal_cdf(const Tensor& x) { return apply(NormalCdf{}, {x}); }

inline Grads vjp(const NormalCdf&, Inputs in, const Tensor&, const Tensor& g) {
  return {g * normal_pdf(in[0])};
}

/// x * Phi(x): each number is kept with the chance that a normal one is below it.
///
/// Examples    1 -> 0.8413447;  -1 -> -0.1586553;  -6 -> -5.9195e-9
/// In PyTorch  aten/src/ATen/native/cpu/Activation.cpp, GeluKernelImpl
struct GeluOp : Elementwise {
  const char* name() const override { return "gelu"; }
  Saves saves() const override { return {.inputs = true, .output = false}; }
  Index flops(Inputs, const Tensor& output) const override { return 4 * output.numel(); }
  Tensor forward(Inputs in) const override {
    return map_unary(in[0], [](real x) { return x * detail::normal_cdf(x); });
  }
};

/// The derivative of x * Phi(x).
///
/// Examples    x 0, g 1 -> 0.5;  x 1, g 1 -> 1.0833155: steeper than 1
inline Grads vjp(const GeluOp&, Inputs in, const Tensor&, const Tensor& g) {
  // TODO(04.8): the product rule again.
  // HINT: normal_cdf and normal_pdf of tensors stand above.
  // BEGIN SOLUTION 04.8
  const Tensor& x = in[0];
  return {g * (normal_cdf(x) + x * normal_pdf(x))};
  // END SOLUTION 04.8
}

/// gelu with tanh in place of erf: x (1 + tanh(u)) / 2, u = sqrt(2 / pi) (x + 0.044715 x^3).
///
/// Goal        What GPT-2 was trained with: its weights want this curve, not the exact one.
/// Background  The two differ by at most 0.0005 (Hendrycks and Gimpel 2016).
/// Examples    1 -> 0.8411920;  -1 -> -0.1588080
/// In PyTorch  gelu(x, approximate="tanh")
struct GeluTanhOp : Elementwise {
  const char* name() const override { return "gelu_tanh"; }
  Saves saves() const override { return {.inputs = true, .output = false}; }
  Index flops(Inputs, const Tensor& output) const override { return 9 * output.numel(); }
  Tensor forward(Inputs in) const override {
    // TODO(04.9): the formula above for each element.
    // HINT: detail::gelu_scale and detail::gelu_cubic are its constants.
    // BEGIN SOLUTION 04.9
    return map_unary(in[0], [](real x) {
      const real u = detail::gelu_scale * (x + detail::gelu_cubic * x * x * x);
      return x * (1 + fast::tanh(u)) / 2;
    });
    // END SOLUTION 04.9
  }
};

/// The derivative of gelu's tanh form.
///
/// Background  The chain rule through u: tanh' = 1 - tanh^2, u' = scale (1 + 3 cubic x^2).
/// Examples    x 0, g 1 -> 0.5;  x 1, g 1 -> 1.0829641
inline Grads vjp(const GeluTanhOp&, Inputs in, const Tensor&, const Tensor& g) {
  // TODO(04.10): t = tanh(u) as a tensor, then (1 + t) / 2 + x (1 - t^2) u' / 2.
  // HINT: only tensors here, so that it can be differentiated again.
  // BEGIN SOLUTION 04.10
  const Tensor& x = in[0];
  if (!grad_enabled()) {  // nobody differentiates again: one pass over memory, not seventeen
    return {fused("gelu_tanh_grad", 17, x, g, [](real a, real dy) {
      const real aa = a * a;
      const real t = fast::tanh(a * (1 + aa * detail::gelu_cubic) * detail::gelu_scale);
      const real slope = (1 + aa * (3 * detail::gelu_cubic)) * detail::gelu_scale;
      return dy * (1 + t + a * (1 - t * t) * slope) / 2;
    })};
  }
  const Tensor xx = x * x;
  const Tensor t = tanh(x * (1 + xx * detail::gelu_cubic) * detail::gelu_scale);
  const Tensor slope = (1 + xx * (3 * detail::gelu_cubic)) * detail::gelu_scale;
  return {g * (1 + t + x * (1 - t * t) * slope) * real(0.5)};
  // END SOLUTION 04.10
}

struct GeluOptions {
  bool tanh_approximation = false;
};

/// x times the chance that a normal random number is below x (Hendrycks and Gimpel 2016).
inline Tensor gelu(const Tensor& x, GeluOptions options = {}) {
  return options.tanh_approximation ? apply(GeluTanhOp{}, {x}) : apply(GeluOp{}, {x});
}

namespace detail {
inline const bool smooth_rules_defined =
    define_rules<SigmoidOp, SiluOp, NormalCdf, GeluOp, GeluTanhOp>();
}  // namespace detail

}  // namespace tinytorch
