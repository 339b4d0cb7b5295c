// 07_optimizers / sgd.hpp: downhill; with momentum, downhill with inertia.
//
//   SGD optimizer(model.parameters(), {.lr = 0.1, .momentum = 0.9, .nesterov = true});
#pragma once
#include <string>
#include <utility>
#include <vector>

#include <tinytorch/optimizers/optimizer.hpp>

namespace tinytorch {

struct SGDOptions {
  double lr = 1e-3;
  double momentum = 0;
  double dampening = 0;  // how much of a new gradient momentum leaves out
  bool nesterov = false;
  double weight_decay = 0;  // L2: adds weight_decay * w to the gradient

  static constexpr const char* optimizer = "SGD";

  void check() const {
    detail::check_common(*this);
    detail::check_option(optimizer, momentum >= 0, "momentum >= 0", momentum);
    if (nesterov && (momentum == 0 || dampening != 0)) {
      throw ValueError("SGD: expects momentum > 0 and dampening = 0 for nesterov, got momentum " +
                       std::to_string(momentum) + ", dampening " + std::to_string(dampening));
    }
  }

  std::vector<std::string> state_names() const {
    return momentum == 0 ? std::vector<std::string>{} : std::vector<std::string>{"momentum_buffer"};
  }
};

/// Stochastic gradient descent (Robbins and Monro 1951), with momentum (Polyak 1964) or Nesterov's.
///
/// Goal        The rule that all others are measured against.
/// Background  With momentum a parameter has a velocity v, an average over past gradients: what
///             they agree on adds up, to 1 / (1 - momentum) times one gradient; what changes sign
///             cancels. The first velocity is the first gradient, undamped. Nesterov steps by the
///             gradient and the velocity that it has just changed: a look ahead.
/// Examples    lr 0.1, momentum 0.9, gradient always 1: w moves by 0.1, 0.19, 0.271
/// Cost        plain: 2 flops and no memory; momentum: one number more for each parameter
/// In PyTorch  torch/optim/sgd.py, _single_tensor_sgd
class SGD : public OptimizerWith<SGDOptions> {
 public:
  explicit SGD(std::vector<Tensor> parameters, const Options& options = {})
      : OptimizerWith(std::move(parameters), options) {}
  explicit SGD(std::vector<ParamGroup> groups) : OptimizerWith(std::move(groups)) {}

 protected:
  void update(const Options& o, ParameterUpdate& p) override {
    if (o.momentum == 0) plain(o, p);
    else with_momentum(o, p);
  }

 private:
  /// w -= lr * (g + weight_decay * w)
  static void plain(const Options& o, ParameterUpdate& p) {
    const real lr = static_cast<real>(o.lr), decay = static_cast<real>(o.weight_decay);
    // TODO(07.5): one loop over p.count numbers.
    // HINT: w is p.value[i], g is p.grad[i]; the gradient itself must not change.
    // BEGIN SOLUTION 07.5
    for (Index i = 0; i < p.count; ++i) p.value[i] -= lr * (p.grad[i] + decay * p.value[i]);
    // END SOLUTION 07.5
  }

  /// g' = g + weight_decay * w;  v = momentum * v + (1 - dampening) * g';  w -= lr * v, or with
  /// Nesterov lr * (g' + momentum * v)
  static void with_momentum(const Options& o, ParameterUpdate& p) {
    const real lr = static_cast<real>(o.lr), decay = static_cast<real>(o.weight_decay);
    const real momentum = static_cast<real>(o.momentum);
    const real share = static_cast<real>(1 - o.dampening);
    const bool first = !p.remembers("momentum_buffer");
    real* v = p.buffer("momentum_buffer");
    // TODO(07.6): one loop; in the first step v is g' itself, whatever the dampening.
    // HINT: the v on the right of Nesterov's formula is the new one.
    // BEGIN SOLUTION 07.6
    for (Index i = 0; i < p.count; ++i) {
      const real g = p.grad[i] + decay * p.value[i];
      v[i] = first ? g : momentum * v[i] + share * g;
      p.value[i] -= lr * (o.nesterov ? g + momentum * v[i] : v[i]);
    }
    // END SOLUTION 07.6
  }
};

}  // namespace tinytorch
