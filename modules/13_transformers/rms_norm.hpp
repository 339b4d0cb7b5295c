// 13_transformers / rms_norm.hpp: layer normalisation without the mean and the bias (stretch).
// Source: Zhang and Sennrich 2019, Root Mean Square Layer Normalization, arXiv:1910.07467
#pragma once
#include <string>

#include <tinytorch/layers.hpp>
#include <tinytorch/transformers/layer_norm.hpp>

namespace tinytorch {

struct RmsNormOptions {
  double eps = 1e-5;
};

/// x / sqrt(mean(x^2) + eps) * weight, over the last axis: x [*, C], weight [C] or undefined.
///
/// Goal        What Llama has in place of LayerNorm: one pass less, as good in practice.
/// Background  The length of a token's vector is brought to sqrt(C); its direction stays as it is.
///             Shifting a row does change the result now.
/// Examples    [3, 4] -> [3, 4] / sqrt(12.5) = [0.8485281, 1.1313708]
/// Cost        four operations a number; composed of them, so it keeps three tensors of x's size
/// In PyTorch  torch.nn.functional.rms_norm (2.4)
inline Tensor rms_norm(const Tensor& x, const Tensor& weight = {}, RmsNormOptions options = {}) {
  detail::check_norm(x, weight, "rms_norm");
  const real eps = static_cast<real>(detail::checked_eps(options.eps, "rms_norm"));
  // TODO(13.13): the formula above, of ordinary operations; their rules give the gradient.
  // HINT: eps stands inside the root. An undefined weight counts as 1.
  todo("13.13", "rms_norm");
}

/// rms_norm with a weight for each channel, to be learned.
///
/// In PyTorch  torch/nn/modules/normalization.py, RMSNorm (2.4)
class RMSNorm : public Module {
 public:
  using Options = RmsNormOptions;

  explicit RMSNorm(Index dim, Options options = {})
      : weight(parameter("weight", ones({checked(dim)}))),
        eps_(detail::checked_eps(options.eps, "RMSNorm")) {}

  Tensor forward(const Tensor& x) const override { return rms_norm(x, weight, {.eps = eps_}); }

  const Tensor weight;  // [C]

 private:
  static Index checked(Index dim) {
    if (dim >= 1) return dim;
    throw ValueError("RMSNorm: expects a size >= 1, got " + std::to_string(dim));
  }

  const double eps_;
};

}  // namespace tinytorch
