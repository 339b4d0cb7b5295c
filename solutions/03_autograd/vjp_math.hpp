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
  // BEGIN SOLUTION 03.6
  return {unbroadcast(g, in[0].shape()), unbroadcast(g, in[1].shape())};
  // END SOLUTION 03.6
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
  // BEGIN SOLUTION 03.7
  return {unbroadcast(g * in[1], in[0].shape()), unbroadcast(g * in[0], in[1].shape())};
  // END SOLUTION 03.7
}

/// d(x / y)/dx = 1 / y;  d(x / y)/dy = -x / y^2
inline Grads vjp(const Div&, Inputs in, const Tensor&, const Tensor& g) {
  // TODO(03.8): both derivatives times g.
  // HINT: the second one is minus the first one times x / y.
  // BEGIN SOLUTION 03.8
  const Tensor over_y = g / in[1];
  return {unbroadcast(over_y, in[0].shape()), unbroadcast(-over_y * in[0] / in[1], in[1].shape())};
  // END SOLUTION 03.8
}

/// d exp(x)/dx = exp(x), which is the result itself: nothing is computed again
inline Grads vjp(const Exp&, Inputs, const Tensor& out, const Tensor& g) {
  // TODO(03.9): use `out`.
  // HINT: Exp saves its output and not its input.
  // BEGIN SOLUTION 03.9
  return {g * out};
  // END SOLUTION 03.9
}

/// d log(x)/dx = 1 / x
inline Grads vjp(const Log&, Inputs in, const Tensor&, const Tensor& g) {
  // TODO(03.10): g times the derivative.
  // HINT: a division will do.
  // BEGIN SOLUTION 03.10
  return {g / in[0]};
  // END SOLUTION 03.10
}

/// d sqrt(x)/dx = 1 / (2 sqrt(x))
inline Grads vjp(const Sqrt&, Inputs, const Tensor& out, const Tensor& g) {
  return {g / (out * 2)};
}

/// d tanh(x)/dx = 1 - tanh(x)^2
inline Grads vjp(const TanhOp&, Inputs, const Tensor& out, const Tensor& g) {
  // TODO(03.11): use `out`, as for exp.
  // HINT: 1 - out * out, as tensors.
  // BEGIN SOLUTION 03.11
  return {g * (1 - out * out)};
  // END SOLUTION 03.11
}

/// d x^p/dx = p x^(p-1)
inline Grads vjp(const Pow& op, Inputs in, const Tensor&, const Tensor& g) {
  // TODO(03.12): the power rule; op.exponent is p.
  // HINT: x^0 is constant: for p = 0 the gradient is 0, also at x = 0, where 0 * 0^-1 would be nan.
  // BEGIN SOLUTION 03.12
  if (op.exponent == 0) return {zeros_like(g)};
  return {g * op.exponent * pow(in[0], op.exponent - 1)};
  // END SOLUTION 03.12
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
  // BEGIN SOLUTION 03.13
  const Tensor tie = eq(in[0], in[1]) * 0.5f;
  return {unbroadcast(g * (gt(in[0], in[1]) + tie), in[0].shape()),
          unbroadcast(g * (gt(in[1], in[0]) + tie), in[1].shape())};
  // END SOLUTION 03.13
}

/// What was chosen gets the gradient, what was not gets 0; the condition has none.
///
/// Background  Not g * condition: 0 * inf is nan, and where often guards exactly against
///             infinities.
inline Grads vjp(const Where&, Inputs in, const Tensor&, const Tensor& g) {
  // TODO(03.14): choose between g and 0 with where itself.
  // HINT: the gradient of the condition is Tensor().
  // BEGIN SOLUTION 03.14
  const Tensor nothing = scalar(0);
  return {Tensor(), unbroadcast(where(in[0], g, nothing), in[1].shape()),
          unbroadcast(where(in[0], nothing, g), in[2].shape())};
  // END SOLUTION 03.14
}

namespace detail {
inline const bool math_rules_defined =
    define_rules<Add, Sub, Neg, Mul, Div, Exp, Log, Sqrt, TanhOp, Pow, Abs, Maximum, Where>();
}  // namespace detail

}  // namespace tinytorch
