// 03_autograd / vjp_math.hpp: derivative rules of the elementwise operations.
//
// Each rule is the derivative times g, brought back to the operand's shape by unbroadcast where
// there are two operands. A rule reads only what its primitive saves (02_ops/elementwise.hpp):
// numbers of `in`, or of `out`.
// In PyTorch: tools/autograd/derivatives.yaml, under the same names.
#pragma once
#include <tinytorch/autograd/rules.hpp>

namespace tinytorch {

/// d(x + y)/dx = 1
///
/// Examples    x [2, 3], y [3], g all ones: ones [2, 3] for x, [2, 2, 2] for y
inline Grads vjp(const Add&, Inputs in, const Tensor&, const Tensor& g) {
  // TODO(03.6): pass g on to both, each in its own shape.
  // HINT: unbroadcast(g, in[0].shape())
  todo("03.6", "vjp_add");
}

inline Grads vjp(const Sub&, Inputs in, const Tensor&, const Tensor& g) {
  return {unbroadcast(g, in[0].shape()), unbroadcast(-g, in[1].shape())};
}

inline Grads vjp(const Neg&, Inputs, const Tensor&, const Tensor& g) { return {-g}; }

/// d(x y)/dx = y
///
/// Cost        keeps both operands until backward
inline Grads vjp(const Mul&, Inputs in, const Tensor&, const Tensor& g) {
  // TODO(03.7): each operand gets g times the other one.
  // HINT: multiply first, in the common shape, and unbroadcast then.
  todo("03.7", "vjp_mul");
}

/// d(x / y)/dx = 1 / y;  d(x / y)/dy = -x / y^2
inline Grads vjp(const Div&, Inputs in, const Tensor&, const Tensor& g) {
  // TODO(03.8): both derivatives times g.
  // HINT: the second one is minus the first one times x / y.
  todo("03.8", "vjp_div");
}

/// d exp(x)/dx = exp(x), which is the result itself: nothing is computed again
inline Grads vjp(const Exp&, Inputs, const Tensor& out, const Tensor& g) {
  // TODO(03.9): use `out`.
  // HINT: Exp saves its output and not its input.
  todo("03.9", "vjp_exp");
}

/// d log(x)/dx = 1 / x
inline Grads vjp(const Log&, Inputs in, const Tensor&, const Tensor& g) {
  // TODO(03.10): g times the derivative.
  // HINT: a division will do.
  todo("03.10", "vjp_log");
}

/// d sqrt(x)/dx = 1 / (2 sqrt(x))
inline Grads vjp(const Sqrt&, Inputs, const Tensor& out, const Tensor& g) {
  return {g / (out * 2)};
}

/// d tanh(x)/dx = 1 - tanh(x)^2
inline Grads vjp(const TanhOp&, Inputs, const Tensor& out, const Tensor& g) {
  // TODO(03.11): use `out`, as for exp.
  // HINT: 1 - out * out, as tensors.
  todo("03.11", "vjp_tanh");
}

/// d x^p/dx = p x^(p-1)
inline Grads vjp(const Pow& op, Inputs in, const Tensor&, const Tensor& g) {
  // TODO(03.12): the power rule; op.exponent is p.
  // HINT: x^0 is constant: for p = 0 the gradient is 0, also at x = 0, where 0 * 0^-1 would be nan.
  todo("03.12", "vjp_pow");
}

/// d|x|/dx = sign(x), and 0 at 0
inline Grads vjp(const Abs&, Inputs in, const Tensor&, const Tensor& g) {
  return {g * sign(in[0])};
}

/// The larger operand gets the gradient. Where both are equal, each gets half.
///
/// Background  At a tie there is no derivative; halves keep the sum of both at g, as PyTorch does.
inline Grads vjp(const Maximum&, Inputs in, const Tensor&, const Tensor& g) {
  // TODO(03.13): g times 1, 0 or 0.5.
  // HINT: gt(x, y) is 1 where x is larger, eq(x, y) where they are equal.
  todo("03.13", "vjp_maximum");
}

/// What was chosen gets the gradient, what was not gets 0; the condition has none.
///
/// Background  Not g * condition: 0 * inf is nan, and where often guards exactly against
///             infinities.
inline Grads vjp(const Where&, Inputs in, const Tensor&, const Tensor& g) {
  // TODO(03.14): choose between g and 0 with where itself.
  // HINT: the gradient of the condition is Tensor().
  todo("03.14", "vjp_where");
}

namespace detail {
inline const bool math_rules_defined =
    define_rules<Add, Sub, Neg, Mul, Div, Exp, Log, Sqrt, TanhOp, Pow, Abs, Maximum, Where>();
}  // namespace detail

}  // namespace tinytorch
