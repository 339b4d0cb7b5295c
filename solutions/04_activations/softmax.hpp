// 04_activations / softmax.hpp: from any numbers to probabilities, along one axis.
//
// Here a result depends on all numbers of its line, not on one. You write what happens to one line;
// for_each_line finds the lines, whichever axis and view it is.
// Legend: n numbers in a line.
#pragma once
#include <algorithm>
#include <cmath>
#include <limits>

#include <tinytorch/autograd.hpp>

namespace tinytorch {

namespace detail {

/// The numbers along one axis at one place of all other axes; line[i] is its number i.
template <class Number>
struct Line {
  Number* first;
  Index step;  // 1 along the last axis of row-major memory
  Index size;
  Number& operator[](Index i) const { return first[i * step]; }
};

/// Calls visit(from, to) for each line of x along `axis` and its place in `out`, which is row-major
/// and has the same shape. Given code.
template <class Visit>
void for_each_line(const Tensor& x, const Tensor& out, std::size_t axis, Visit visit) {
  if (x.numel() == 0) return;
  const Index n = x.shape()[axis];
  Shape starts = x.shape();  // as if each line were only its first number
  starts[axis] = 1;
  const Index neighbours = starts.back();
  const Index from_step = x.strides().back(), to_step = out.strides().back();
  const real* from = x.storage()->data();
  real* to = out.storage()->data();
  for_each_row<2>(starts, {&x.strides(), &out.strides()}, {x.offset(), out.offset()}, [&](auto at) {
    for (Index i = 0; i < neighbours; ++i) {
      visit(Line<const real>{from + at[0] + i * from_step, x.strides()[axis], n},
            Line<real>{to + at[1] + i * to_step, out.strides()[axis], n});
    }
  });
}

/// The largest number of a line; -inf if there is none. A NaN is passed over.
inline real largest(const Line<const real>& line) {
  constexpr Index maxima = 8;  // side by side: none waits for another (support/wide.hpp)
  real top[maxima];
  std::fill_n(top, maxima, -std::numeric_limits<real>::infinity());
  Index i = 0;
  for (; i + maxima <= line.size; i += maxima) {
    for (Index k = 0; k < maxima; ++k) {
      const real number = line[i + k];
      top[k] = number > top[k] ? number : top[k];
    }
  }
  for (; i < line.size; ++i) top[0] = line[i] > top[0] ? line[i] : top[0];
  return *std::max_element(top, top + maxima);
}

}  // namespace detail

/// exp(x_i) / sum of exp(x_j), along one axis: positive numbers that add up to 1.
///
/// Goal        Scores to probabilities: of classes (06_losses), of places to look (12_attention).
/// Background  exp(89) is inf in float. The same number added to a whole line cancels in the
///             fraction; so take the maximum away: the largest exponent is then 0, and the sum
///             lies between 1 and n.
/// Examples    [1, 2, 3] -> [0.0900306, 0.2447285, 0.6652410], and [10001, 10002, 10003] the same
///             [0, -inf, 0] -> [0.5, 0, 0.5]: -inf says "not this one" (masks, 12_attention)
///             [-inf, -inf] -> [nan, nan], as in PyTorch: nothing to choose from is no distribution
/// Cost        n exp, n divisions; reads the line twice, writes it twice. A line that fits into the
///             cache comes from memory once.
/// In PyTorch  aten/src/ATen/native/cpu/SoftMaxKernel.cpp, _vec_softmax_lastdim
struct SoftmaxOp : Primitive {
  std::size_t axis;
  explicit SoftmaxOp(std::size_t along) : axis(along) {}

  const char* name() const override { return "softmax"; }
  Saves saves() const override { return {.inputs = false, .output = true}; }
  Index flops(Inputs in, const Tensor&) const override { return 5 * in[0].numel(); }
  Tensor forward(Inputs in) const override {
    Tensor out = empty(in[0].shape());
    detail::for_each_line(in[0], out, axis, [](auto from, auto to) {
      const real top = detail::largest(from);
      // TODO(04.11): write exp(from[i] - top) to `to` and add it up, then divide.
      // HINT: from.size numbers; a sum of many is best kept in a double, as in 02_ops.
      // HINT: do not treat -inf or nan: see what the arithmetic makes of them.
      // BEGIN SOLUTION 04.11
      for_each_number(from.size, [=](Index i) { to[i] = fast::exp(from[i] - top); });
      const real whole =
          static_cast<real>(sum_in_lanes(from.size, [=](Index i) { return to[i]; }));
      for_each_number(from.size, [=](Index i) { to[i] /= whole; });
      // END SOLUTION 04.11
    });
    return out;
  }
};

/// The way back through softmax: y * (g - sum of g_j y_j along the axis).
///
/// Background  dy_i/dx_j = y_i (1 if i = j, else 0, minus y_j): an n by n matrix for each line.
///             Times g it is a sum and a product, so nobody builds the matrix.
/// Examples    y [0.5, 0.5], g [1, 0] -> [0.25, -0.25];  g [3, 3] -> [0, 0]: adding the same to all
///             scores changes nothing
/// Cost        4 numel operations instead of n * numel; keeps y and not x
/// In PyTorch  aten/src/ATen/native/cpu/SoftMaxKernel.cpp, _vec_host_softmax_backward_lastdim
inline Grads vjp(const SoftmaxOp& op, Inputs, const Tensor& out, const Tensor& g) {
  const Index axis = static_cast<Index>(op.axis);
  // TODO(04.12): the formula above, with tensors.
  // HINT: keepdim, so that the sum of a line broadcasts back over its line.
  // BEGIN SOLUTION 04.12
  return {out * (g - sum(g * out, axis, true))};
  // END SOLUTION 04.12
}

/// log of softmax, along one axis: x_i - log(sum of exp(x_j)).
///
/// Goal        A loss wants the logarithm of a probability. log(softmax(x)) is log(0) = -inf where
///             the probability is below 1e-45; log_softmax says -200 where it is -200.
/// Background  Take the maximum away first, as in softmax, and only then the logarithm of the sum:
///             at 10000 float has steps of 0.001, and top + log(sum) would lose the digits behind.
/// Examples    [1, 2, 3] -> [-2.4076059, -1.4076059, -0.4076059];  [0, -200] -> [0, -200]
///             [0, -inf] -> [0, -inf];  [-inf, -inf] -> [nan, nan]
/// Cost        n exp and one log a line; no division
/// In PyTorch  aten/src/ATen/native/cpu/SoftMaxKernel.cpp, _vec_log_softmax_lastdim, with a comment
///             that asks to keep this order
struct LogSoftmaxOp : Primitive {
  std::size_t axis;
  explicit LogSoftmaxOp(std::size_t along) : axis(along) {}

  const char* name() const override { return "log_softmax"; }
  Saves saves() const override { return {.inputs = false, .output = true}; }
  Index flops(Inputs in, const Tensor&) const override {
    const Index n = in[0].shape()[axis];
    return n == 0 ? 0 : 5 * in[0].numel() + in[0].numel() / n;  // one log for each line
  }
  Tensor forward(Inputs in) const override {
    Tensor out = empty(in[0].shape());
    detail::for_each_line(in[0], out, axis, [](auto from, auto to) {
      const real top = detail::largest(from);
      // TODO(04.13): x - top, minus the logarithm of the sum of their exp.
      // HINT: nothing of softmax's division: one logarithm for the whole line.
      // BEGIN SOLUTION 04.13
      for (Index i = 0; i < from.size; ++i) to[i] = from[i] - top;
      const double total = sum_in_lanes(from.size, [=](Index i) { return fast::exp(to[i]); });
      const real log_total = static_cast<real>(std::log(total));
      for (Index i = 0; i < from.size; ++i) to[i] -= log_total;
      // END SOLUTION 04.13
    });
    return out;
  }
};

/// The way back through log_softmax: g - softmax(x) * sum of g_j along the axis.
///
/// Background  softmax(x) is exp of the result: nothing else needs to be kept.
/// Examples    y = log [0.5, 0.5], g [1, 0] -> [0.5, -0.5]
/// In PyTorch  aten/src/ATen/native/cpu/SoftMaxKernel.cpp, _vec_host_softmax_backward_lastdim
inline Grads vjp(const LogSoftmaxOp& op, Inputs, const Tensor& out, const Tensor& g) {
  const Index axis = static_cast<Index>(op.axis);
  // TODO(04.14): the formula above, with tensors.
  // HINT: the same axis, keepdim as in 04.12.
  // BEGIN SOLUTION 04.14
  return {g - exp(out) * sum(g, axis, true)};
  // END SOLUTION 04.14
}

inline Tensor softmax(const Tensor& x, Index dim) {
  return apply(SoftmaxOp(wrap_axis(dim, x.shape().size(), "softmax")), {x});
}

inline Tensor log_softmax(const Tensor& x, Index dim) {
  return apply(LogSoftmaxOp(wrap_axis(dim, x.shape().size(), "log_softmax")), {x});
}

namespace detail {
inline const bool softmax_rules_defined = define_rules<SoftmaxOp, LogSoftmaxOp>();
}  // namespace detail

}  // namespace tinytorch
