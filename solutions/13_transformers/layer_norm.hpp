// 13_transformers / layer_norm.hpp: every token brought to mean 0 and variance 1 over its own
// numbers.
//
//   layer_norm(x, weight, bias, {.eps = 1e-5})      x [*, C], weight and bias [C] or undefined
//   LayerNorm norm(64);                             with weights that are learned
// Batch normalisation (09) takes its mean over the batch: what one example gives depends on the
// others, and training and evaluation differ. Here a token is measured by itself alone: nothing is
// remembered, and a batch of one, or a text of one token, is as good as any.
// Source: Ba, Kiros and Hinton 2016, Layer Normalization, arXiv:1607.06450
#pragma once
#include <cmath>
#include <string>
#include <vector>

#include <tinytorch/layers.hpp>

namespace tinytorch {

namespace detail {

/// Brings the C numbers at `from` to mean 0 and variance 1, and writes them to `to`.
///
/// Goal        The next layer sees numbers of one scale, however many layers added to them before.
/// Background  The variance is the mean of the squared distances from the mean: divided by C, not
///             by C - 1. mean(x^2) - mean(x)^2 would need one pass less, and loses all its digits
///             where the mean is large against the spread.
/// Examples    [1, 3] -> [-1, 1];  [0, 0, 3, 3] -> [-1, -1, 1, 1];  [5, 5, 5] -> [0, 0, 0] by eps
/// Cost        three passes over C numbers
/// In PyTorch  aten/src/ATen/native/cpu/layer_norm_kernel.cpp, which finds both in one pass
///             (Welford's method)
inline void normalize_row(const real* from, real* to, Index channels, double eps) {
  // TODO(13.1): to[c] = (from[c] - mean) / sqrt(var + eps).
  // HINT: add up in a double, as in 02_ops; one reciprocal a row is cheaper than C divisions.
  // BEGIN SOLUTION 13.1
  const double count = static_cast<double>(channels);
  const double mean = sum_in_lanes(channels, [=](Index c) { return from[c]; }) / count;
  const double squares = sum_in_lanes(channels, [=](Index c) {
    const double distance = static_cast<double>(from[c]) - mean;
    return distance * distance;
  });
  const double scale = 1 / std::sqrt(squares / count + eps);
  for_each_number(channels, [=](Index c) {
    to[c] = static_cast<real>((static_cast<double>(from[c]) - mean) * scale);
  });
  // END SOLUTION 13.1
}

}  // namespace detail

/// Rows of x normalised, times weight, plus bias. Inputs: x, then weight and bias if there are any.
///
/// Background  One operation, not eight: composed of mean, -, *, sqrt and / it would keep two more
///             tensors of the size of x until backward. This keeps x, and computes the rest again.
/// Cost        8 operations a number
struct LayerNormOp : Primitive {
  double eps;
  bool has_weight, has_bias;
  LayerNormOp(double epsilon, bool weight, bool bias)
      : eps(epsilon), has_weight(weight), has_bias(bias) {}

  const char* name() const override { return "layer_norm"; }
  Saves saves() const override { return {.inputs = true, .output = false}; }
  Index flops(Inputs, const Tensor& out) const override {
    return out.numel() * (6 + (has_weight ? 1 : 0) + (has_bias ? 1 : 0));
  }
  Tensor forward(Inputs in) const override {
    const Tensor x = in[0].contiguous();  // [*, C]
    Tensor out = empty(x.shape());
    const Index channels = x.size(-1), rows = channels == 0 ? 0 : x.numel() / channels;
    const Tensor weight = has_weight ? in[1].contiguous() : Tensor();
    const Tensor bias = has_bias ? in[in.size() - 1].contiguous() : Tensor();
    for (Index r = 0; r < rows; ++r) {
      real* row = out.data() + r * channels;
      detail::normalize_row(x.data() + r * channels, row, channels, eps);
      if (has_weight) {
        const real* factor = weight.data();
        for_each_number(channels, [=](Index c) { row[c] *= factor[c]; });
      }
      if (has_bias) {
        const real* summand = bias.data();
        for_each_number(channels, [=](Index c) { row[c] += summand[c]; });
      }
    }
    return out;
  }
};

namespace detail {

/// What a row gets back: `g` is the gradient of its normalised numbers n = (x - mean) * scale.
///
/// Goal        The true gradient: mean and scale are functions of the row, so each number of it
///             acts on all of the row's results.
/// Background  Shifting a row changes nothing, and stretching it changes nothing (eps apart). So
///             there is no gradient along those two directions: what g has along (1, ..., 1) and
///             along n is taken away. That is all that mean and variance do on the way back:
///             dx = scale * (g - mean(g) - n * mean(g * n)).
/// Examples    n [-1, 1], scale 1: whatever g is, dx is [0, 0]: two numbers, two lost directions
///             n [-1, -1, 1, 1], scale 2, g [4, 0, 0, 0] -> [4, -4, 0, 0]
/// Cost        about 8 operations a number
/// In PyTorch  aten/src/ATen/native/cpu/layer_norm_kernel.cpp, LayerNormBackwardKernelImpl
inline Tensor normalize_grad(const Tensor& normal, const Tensor& scale, const Tensor& g) {
  // TODO(13.2): the formula above; normal and g are [*, C], scale is [*, 1].
  // HINT: mean over the last axis with keepdim. Only tensors here: it can be differentiated again.
  // BEGIN SOLUTION 13.2
  const Tensor along_ones = mean(g, -1, true);             // [*, 1]
  const Tensor along_normal = mean(g * normal, -1, true);  // [*, 1]
  return scale * (g - along_ones - normal * along_normal);
  // END SOLUTION 13.2
}

}  // namespace detail

/// The gradients of x, weight and bias.
///
/// Background  y = n * weight + bias, with the same weight and bias for every row: what was used
///             for many rows gets the sum over them. The normalised rows n were not kept; they are
///             computed again from x, as tensors, so that the rule can be differentiated.
/// Examples    n [[-1, 1], [1, -1]], g [[2, 3], [4, 5]] -> weight [-2 + 4, 3 - 5], bias [6, 8]
inline Grads vjp(const LayerNormOp& op, Inputs in, const Tensor&, const Tensor& g) {
  const Tensor& x = in[0];
  const Tensor centered = x - mean(x, -1, true);
  const Tensor variance = mean(centered * centered, -1, true);
  const Tensor scale = 1 / sqrt(variance + static_cast<real>(op.eps));  // [*, 1]
  const Tensor normal = centered * scale;                               // [*, C]
  // TODO(13.3): a list of the gradients in the order of the inputs: x, then weight if
  // op.has_weight, then bias if op.has_bias.
  // HINT: g is the gradient of y. What is that of the normalised numbers? normalize_grad wants it.
  // HINT: unbroadcast(t, shape) of 03_autograd sums what was used for many rows.
  // BEGIN SOLUTION 13.3
  Grads grads = {detail::normalize_grad(normal, scale, op.has_weight ? g * in[1] : g)};
  if (op.has_weight) grads.push_back(unbroadcast(g * normal, in[1].shape()));
  if (op.has_bias) grads.push_back(unbroadcast(g, in[in.size() - 1].shape()));
  return grads;
  // END SOLUTION 13.3
}

namespace detail {
inline const bool layer_norm_rule_defined = define_rules<LayerNormOp>();

/// x [*, C] and what is [C], if it is defined.
inline void check_norm(const Tensor& x, const Tensor& weight, const std::string& who) {
  if (x.dim() == 0 || (weight.defined() && weight.shape() != Shape{x.size(-1)})) {
    throw ShapeError(who + ": expects [*, " +
                     (weight.defined() ? std::to_string(weight.numel()) : std::string("C")) +
                     "], got " + tinytorch::to_string(x.shape()));
  }
}

inline double checked_eps(double eps, const char* who) {
  if (eps >= 0) return eps;
  throw ValueError(std::string(who) + ": expects eps >= 0, got " + std::to_string(eps));
}
}  // namespace detail

struct LayerNormOptions {
  double eps = 1e-5;  // keeps a row of equal numbers from a division by 0
  bool bias = true;   // of the class: it has no use where weight and bias are arguments
};

/// Layer normalisation over the last axis of x [*, C]; weight and bias are [C] or undefined.
///
/// In PyTorch  torch.nn.functional.layer_norm, over as many of the last axes as one likes
inline Tensor layer_norm(const Tensor& x, const Tensor& weight = {}, const Tensor& bias = {},
                         LayerNormOptions options = {}) {
  detail::check_norm(x, weight, "layer_norm");
  detail::check_norm(x, bias, "layer_norm");
  std::vector<Tensor> inputs = {x};
  if (weight.defined()) inputs.push_back(weight);
  if (bias.defined()) inputs.push_back(bias);
  const double eps = detail::checked_eps(options.eps, "layer_norm");
  return apply(LayerNormOp(eps, weight.defined(), bias.defined()), Inputs(inputs));
}

/// Layer normalisation with a weight and a bias for each channel, to be learned.
///
/// Examples    LayerNorm(64): [B, T, 64] -> [B, T, 64], 128 parameters
/// In PyTorch  torch/nn/modules/normalization.py, LayerNorm
class LayerNorm : public Module {
 public:
  using Options = LayerNormOptions;

  /// Starts with weight 1 and bias 0: it only normalises.
  explicit LayerNorm(Index dim, Options options = {})
      : weight(parameter("weight", ones({checked(dim)}))),
        bias(options.bias ? parameter("bias", zeros({dim})) : Tensor()),
        eps_(detail::checked_eps(options.eps, "LayerNorm")) {}

  Tensor forward(const Tensor& x) const override {  // [*, C] -> [*, C]
    return layer_norm(x, weight, bias, {.eps = eps_});
  }

  const Tensor weight;  // [C]
  const Tensor bias;    // [C], or undefined

 private:
  static Index checked(Index dim) {
    if (dim >= 1) return dim;
    throw ValueError("LayerNorm: expects a size >= 1, got " + std::to_string(dim));
  }

  const double eps_;
};

}  // namespace tinytorch
