// 06_losses / logsumexp.hpp: the logarithm of a sum of exponentials, a maximum with soft edges.
#pragma once
#include <cmath>
#include <limits>

#include <tinytorch/losses/reduction.hpp>

namespace tinytorch {

namespace detail {

/// Calls visit(line, result) for each line of x along `axis` and its one number in `out`, which has
/// the shape of x without that axis; in row-major order of `out`. Given code.
template <class Visit>
void for_each_reduced_line(const Tensor& x, const Tensor& out, std::size_t axis, Visit visit) {
  for_each_line(x, out.unsqueeze(static_cast<Index>(axis)), axis,
                [&](auto line, auto result) { visit(line, result[0]); });
}

/// log(sum of exp(x_i)) of the numbers x[0] .. x[x.size - 1].
///
/// Goal        The one place where the exponentials of a loss are added up.
/// Background  With m the largest number it is m + log(sum of exp(x_i - m)): the largest exponent is
///             0, so the sum lies between 1 and x.size. The result is a double, because a loss is
///             this less a score: at 10000 a float has steps of 0.001, too coarse for the difference.
/// Examples    [0, 0] -> 0.6931472;  [1000, 1000] -> 1000.6931472;  [-1000, -inf] -> -1000
///             [-inf, -inf] -> -inf;  [inf, 1] -> inf: take 0 away, not m, as inf - inf is nan
///             [nan, 1] -> nan;  no numbers -> -inf
/// Cost        two passes, x.size exponentials, one logarithm
/// In PyTorch  aten/src/ATen/native/ReduceOps.cpp, logsumexp_out_impl
inline double log_sum_exp(const Line<const real>& x) {
  // TODO(06.5): the largest number, then the formula above.
  // HINT: largest(x) passes over a nan; add up in double, and see that the nan reaches the sum.
  // HINT: std::isinf tells when there is nothing sensible to take away.
  // BEGIN SOLUTION 06.5
  const real top = largest(x);
  const real shift = std::isinf(top) ? 0 : top;
  const double total = sum_in_lanes(x.size, [&](Index i) { return fast::exp(x[i] - shift); });
  return static_cast<double>(shift) + std::log(total);
  // END SOLUTION 06.5
}

}  // namespace detail

/// log_sum_exp of each line along one axis, which goes.
struct LogSumExp : Primitive {
  std::size_t axis;
  explicit LogSumExp(std::size_t along) : axis(along) {}

  const char* name() const override { return "logsumexp"; }
  Saves saves() const override { return {.inputs = true, .output = false}; }
  Index flops(Inputs in, const Tensor& output) const override {
    return 4 * in[0].numel() + 2 * output.numel();  // a log and an addition for each line
  }
  Tensor forward(Inputs in) const override {
    Shape shape = in[0].shape();
    shape.erase(axis);
    Tensor out = full(shape, -std::numeric_limits<real>::infinity());  // of lines without numbers
    detail::for_each_reduced_line(in[0], out, axis, [](auto line, real& result) {
      result = static_cast<real>(detail::log_sum_exp(line));
    });
    return out;
  }
};

/// The way back: each number gets its share of the sum.
///
/// Background  d log(sum of exp(x_j)) / dx_i = exp(x_i) / sum of exp(x_j). You know this quotient.
/// Examples    x [0, 0], g 1 -> [0.5, 0.5];  x [1000, 0], g 2 -> [2, 0]
/// Cost        the exponentials once more, so that only x is kept
/// In PyTorch  torch/csrc/autograd/FunctionsManual.cpp, logsumexp_backward: exp(x - out)
inline Grads vjp(const LogSumExp& op, Inputs in, const Tensor&, const Tensor& g) {
  const Index axis = static_cast<Index>(op.axis);
  // TODO(06.6): the share of each number, times the gradient of its line.
  // HINT: an operation of 04_activations; unsqueeze(axis) puts the axis that went back into g.
  // BEGIN SOLUTION 06.6
  return {softmax(in[0], axis) * g.unsqueeze(axis)};
  // END SOLUTION 06.6
}

namespace detail {
inline const bool logsumexp_rule_defined = define_rules<LogSumExp>();
}  // namespace detail

/// log(sum of exp(x)) along `dim`.
///
/// Examples    [[0, 0], [3, -inf]] along 1 -> [0.6931472, 3], with keepdim [[0.6931472], [3]]
/// In PyTorch  torch.logsumexp
inline Tensor logsumexp(const Tensor& x, Index dim, bool keepdim = false) {
  const std::size_t axis = wrap_axis(dim, x.shape().size(), "logsumexp");
  const Tensor y = apply(LogSumExp(axis), {x});
  return keepdim ? y.unsqueeze(static_cast<Index>(axis)) : y;
}

}  // namespace tinytorch
