// 07_optimizers / rmsprop.hpp: a step size for each number.
//
//   RMSprop optimizer(model.parameters(), {.lr = 0.01, .alpha = 0.99, .centered = true});
#pragma once
#include <algorithm>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include <tinytorch/optimizers/optimizer.hpp>

namespace tinytorch {

struct RMSpropOptions {
  double lr = 1e-2;
  double alpha = 0.99;  // how much of the average a step keeps
  double eps = 1e-8;
  double weight_decay = 0;  // L2: adds weight_decay * w to the gradient
  double momentum = 0;
  bool centered = false;  // divide by the standard deviation instead of the root mean square

  static constexpr const char* optimizer = "RMSprop";

  void check() const {
    detail::check_common(*this);
    detail::check_option(optimizer, alpha >= 0 && alpha < 1, "alpha in [0, 1)", alpha);
    detail::check_option(optimizer, eps >= 0, "eps >= 0", eps);
    detail::check_option(optimizer, momentum >= 0, "momentum >= 0", momentum);
  }

  std::vector<std::string> state_names() const {
    std::vector<std::string> names = {"square_avg"};
    if (centered) names.push_back("grad_avg");
    if (momentum != 0) names.push_back("momentum_buffer");
    return names;
  }
};

/// Each gradient divided by the size that it usually has (Hinton 2012).
///
/// Goal        One learning rate for weights whose gradients differ a thousandfold.
/// Background  A running mean of g^2 measures the usual size. eps is added after the root, so a
///             gradient that is always 0 moves nothing and divides by nothing. Centered subtracts
///             the squared mean: a gradient that is steady, not only large, then takes long steps
///             (Graves 2013).
/// Examples    lr 0.01, alpha 0.99: the first step is 0.01 g / (0.1 |g|), 0.1 whatever g is
/// Cost        one number more for each parameter; two with momentum or centered, three with both
/// In PyTorch  torch/optim/rmsprop.py, _single_tensor_rmsprop
class RMSprop : public OptimizerWith<RMSpropOptions> {
 public:
  explicit RMSprop(std::vector<Tensor> parameters, const Options& options = {})
      : OptimizerWith(std::move(parameters), options) {}
  explicit RMSprop(std::vector<ParamGroup> groups) : OptimizerWith(std::move(groups)) {}

 protected:
  void update(const Options& o, ParameterUpdate& p) override {
    const real lr = static_cast<real>(o.lr), decay = static_cast<real>(o.weight_decay);
    const real eps = static_cast<real>(o.eps), momentum = static_cast<real>(o.momentum);
    real* square_avg = p.buffer("square_avg");
    real* grad_avg = o.centered ? p.buffer("grad_avg") : nullptr;
    real* velocity = o.momentum != 0 ? p.buffer("momentum_buffer") : nullptr;
    for (Index i = 0; i < p.count; ++i) {
      const real g = decay * p.value[i] + p.grad[i];
      real change = g / (usual_size(o, g, square_avg[i], grad_avg ? grad_avg + i : nullptr) + eps);
      if (velocity) change = velocity[i] = momentum * velocity[i] + change;
      p.value[i] -= lr * change;
    }
  }

 private:
  /// Moves the averages towards g, and returns sqrt(average of g^2), or, with a mean,
  /// sqrt(average of g^2 - mean^2).
  static real usual_size(const Options& o, real g, real& square_avg, real* mean) {
    const real alpha = static_cast<real>(o.alpha), share = static_cast<real>(1 - o.alpha);
    // TODO(07.7): square_avg = alpha * square_avg + share * g^2; *mean likewise, if there is one.
    // HINT: rounding can make the difference slightly negative: its root would be NaN for ever.
    todo("07.7", "RMSprop::usual_size");
  }
};

}  // namespace tinytorch
