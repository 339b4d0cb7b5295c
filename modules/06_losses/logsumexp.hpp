// 06_losses / logsumexp.hpp: the logarithm of a sum of exponentials, a maximum with soft edges.
#pragma once
#include <cmath>
#include <limits>

#include <tinytorch/losses/reduction.hpp>

namespace tinytorch {

namespace detail {

/// Where the lines along one axis lie in contiguous memory: number j of line i is at
/// first(i) + j * step.
struct Lines {
  Index count = 1;   // how many lines: the product of the other axes
  Index length = 1;  // numbers in each
  Index step = 1;    // from one number to the next: the product of the axes behind

  Lines(const Shape& shape, std::size_t axis) : length(shape[axis]) {
    for (std::size_t i = 0; i < shape.size(); ++i) {
      if (i != axis) count *= shape[i];
      if (i > axis) step *= shape[i];
    }
  }

  Index first(Index i) const { return i / step * length * step + i % step; }
};

/// log(sum of exp(x_i)) of `count` numbers, x[0], x[step], x[2 * step], ...
///
/// Goal        The one place where the exponentials of a loss are added up.
/// Background  With m the largest number: m + log(sum of exp(x_i - m)). The exponent of the largest
///             is 0, so the sum is between 1 and count, and neither inf nor 0.
/// Examples    [0, 0] -> 0.6931472;  [1000, 1000] -> 1000.6931472;  [-1000, -inf] -> -1000
///             [-inf, -inf] -> -inf, [inf, 1] -> inf: m itself, as inf - inf is nan; [] -> -inf
/// Cost        two passes, count exponentials, one logarithm
/// In PyTorch  aten/src/ATen/native/ReduceOps.cpp, logsumexp
inline real log_sum_exp(const real* x, Index count, Index step) {
  // TODO(06.5): the largest number, then the formula above.
  // HINT: add up in double, as in 02_ops. A nan must come out as nan: the sum sees to that.
  todo("06.5", "log_sum_exp");
}

}  // namespace detail

/// log_sum_exp of each line along one axis, which goes.
struct LogSumExp : Primitive {
  std::size_t axis;
  explicit LogSumExp(std::size_t along) : axis(along) {}

  const char* name() const override { return "logsumexp"; }
  Saves saves() const override { return {.inputs = true, .output = true}; }
  Index flops(Inputs in, const Tensor& output) const override {
    return 3 * in[0].numel() + output.numel();
  }
  Tensor forward(Inputs in) const override {
    const Tensor x = in[0].contiguous();
    const detail::Lines lines(x.shape(), axis);
    Shape shape = x.shape();
    shape.erase(axis);
    Tensor out = empty(shape);
    for (Index i = 0; i < lines.count; ++i) {
      out.data()[i] = detail::log_sum_exp(x.data() + lines.first(i), lines.length, lines.step);
    }
    return out;
  }
};

/// The way back: each number gets its share of the sum.
///
/// Background  d log(sum exp(x_j)) / dx_i = exp(x_i) / sum exp(x_j): softmax, again. With the
///             result at hand it is exp(x_i - out).
/// Examples    x [0, 0], g 1 -> [0.5, 0.5];  x [1000, 0], g 2 -> [2, 0]
inline Grads vjp(const LogSumExp& op, Inputs in, const Tensor& out, const Tensor& g) {
  const Index axis = static_cast<Index>(op.axis);
  // TODO(06.6): the share of each number, times the gradient of its line.
  // HINT: unsqueeze(axis) puts the axis that went back into out and g.
  todo("06.6", "vjp_logsumexp");
}

namespace detail {
inline const bool logsumexp_rule_defined = define_rules<LogSumExp>();
}

/// log(sum of exp(x)) along `dim`.
///
/// In PyTorch  torch.logsumexp
inline Tensor logsumexp(const Tensor& x, Index dim, bool keepdim = false) {
  const std::size_t axis = wrap_axis(dim, x.shape().size(), "logsumexp");
  const Tensor y = apply(LogSumExp(axis), {x});
  return keepdim ? y.unsqueeze(static_cast<Index>(axis)) : y;
}

}  // namespace tinytorch
