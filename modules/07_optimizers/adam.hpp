// 07_optimizers / adam.hpp: momentum and a step size for each number; what weight decay should mean.
//
//   Adam optimizer(model.parameters(), {.lr = 1e-3});
//   AdamW optimizer(model.parameters(), {.lr = 1e-3, .betas = {0.9, 0.95}, .weight_decay = 0.1});
#pragma once
#include <array>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include <tinytorch/optimizers/optimizer.hpp>

namespace tinytorch {

struct AdamOptions {
  double lr = 1e-3;
  std::array<double, 2> betas = {0.9, 0.999};  // what the averages of g and of g^2 keep in a step
  double eps = 1e-8;
  double weight_decay = 0;  // L2: adds weight_decay * w to the gradient

  static constexpr const char* optimizer = "Adam";

  void check() const {
    detail::check_common(*this);
    detail::check_betas(*this);
    detail::check_option(optimizer, eps >= 0, "eps >= 0", eps);
  }
  std::vector<std::string> state_names() const { return {"exp_avg", "exp_avg_sq", "step"}; }
};

struct AdamWOptions {
  double lr = 1e-3;
  std::array<double, 2> betas = {0.9, 0.999};
  double eps = 1e-8;
  double weight_decay = 1e-2;  // decoupled: shrinks w, beside the gradient

  static constexpr const char* optimizer = "AdamW";

  void check() const {
    detail::check_common(*this);
    detail::check_betas(*this);
    detail::check_option(optimizer, eps >= 0, "eps >= 0", eps);
  }
  std::vector<std::string> state_names() const { return {"exp_avg", "exp_avg_sq", "step"}; }
};

/// What makes up for averages that started at 0: 1 - beta^step.
///
/// Goal        The first steps as long as later ones.
/// Background  An average that starts at 0 has seen a share of 1 - beta^t after t steps: of a
///             gradient that is always 1 it says 0.1 after one step with beta = 0.9, and 0.19 after
///             two. Divided by this share it says 1 each time. The average of g^2 is slower: its
///             share after one step is 0.001.
/// Examples    beta 0.9: 0.1, 0.19, 0.271, ... towards 1
inline double bias_correction(double beta, double step) {
  // TODO(07.8): as the formula says.
  // HINT: step is 1 in the first step, so that nobody divides by 0.
  todo("07.8", "bias_correction");
}

namespace detail {

/// Moves p by Adam's rule; the gradient is g + l2 * w.
///
/// Background  m = b1 m + (1 - b1) g;  v = b2 v + (1 - b2) g^2, both corrected by their shares c1
///             and c2;  w -= lr (m / c1) / (sqrt(v / c2) + eps). Where a gradient keeps its sign,
///             m / sqrt(v) is near 1 and a step near lr; where it flickers, near 0.
/// Cost        two numbers more for each parameter; about 12 flops, one of them a root
template <class Options>
void adam_rule(const Options& o, real l2, ParameterUpdate& p) {
  const real b1 = static_cast<real>(o.betas[0]), share1 = static_cast<real>(1 - o.betas[0]);
  const real b2 = static_cast<real>(o.betas[1]), share2 = static_cast<real>(1 - o.betas[1]);
  const real eps = static_cast<real>(o.eps);
  real* m = p.buffer("exp_avg");
  real* v = p.buffer("exp_avg_sq");
  const double step = p.next_step();
  // TODO(07.9): one loop over p.count numbers, by the formula above.
  // HINT: compute c1 and c2 before the loop, in double.
  // HINT: lr / c1 and sqrt(c2) are the same for all numbers: divisions that the loop need not do.
  todo("07.9", "adam_rule");
}

}  // namespace detail

/// Adam (Kingma and Ba 2015), whose weight decay is part of the gradient.
///
/// In PyTorch  torch/optim/adam.py, _single_tensor_adam
class Adam : public OptimizerWith<AdamOptions> {
 public:
  explicit Adam(std::vector<Tensor> parameters, const Options& options = {})
      : OptimizerWith(std::move(parameters), options) {}
  explicit Adam(std::vector<ParamGroup> groups) : OptimizerWith(std::move(groups)) {}

 protected:
  void update(const Options& o, ParameterUpdate& p) override {
    detail::adam_rule(o, static_cast<real>(o.weight_decay), p);
  }
};

/// Adam with decoupled weight decay (Loshchilov and Hutter 2019).
///
/// Goal        Weights that shrink at the rate one asked for.
/// Background  As a part of the gradient, the pull weight_decay * w is divided by sqrt(v): weights
///             with large gradients hardly shrink. Decoupled, each weight shrinks by the same
///             share, lr * weight_decay, and then takes a step of Adam that knows nothing of it.
/// Examples    lr 0.1, weight_decay 0.5, gradient 0: w becomes 0.95 w, and exp_avg stays 0
/// In PyTorch  torch/optim/adamw.py, _single_tensor_adamw
class AdamW : public OptimizerWith<AdamWOptions> {
 public:
  explicit AdamW(std::vector<Tensor> parameters, const Options& options = {})
      : OptimizerWith(std::move(parameters), options) {}
  explicit AdamW(std::vector<ParamGroup> groups) : OptimizerWith(std::move(groups)) {}

 protected:
  void update(const Options& o, ParameterUpdate& p) override {
    // TODO(07.10): shrink the weights, then detail::adam_rule without a pull of its own.
    // HINT: shrink first: the step of Adam is not shrunk with them.
    todo("07.10", "AdamW::update");
  }
};

}  // namespace tinytorch
