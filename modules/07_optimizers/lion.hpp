// 07_optimizers / lion.hpp: only the sign. A stretch blank.
//
//   Lion optimizer(model.parameters(), {.lr = 1e-4, .weight_decay = 0.1});
#pragma once
#include <array>
#include <string>
#include <utility>
#include <vector>

#include <tinytorch/optimizers/optimizer.hpp>

namespace tinytorch {

struct LionOptions {
  double lr = 1e-4;
  std::array<double, 2> betas = {0.9, 0.99};  // for the step; for what is remembered
  double weight_decay = 0;                    // decoupled

  static constexpr const char* optimizer = "Lion";

  void check() const {
    detail::check_common(*this);
    detail::check_betas(*this);
  }
  std::vector<std::string> state_names() const { return {"exp_avg"}; }
};

/// A rule that a program search found (Chen et al. 2023).
///
/// Goal        The memory of momentum, steps as even as Adam's.
/// Background  c = b1 m + (1 - b1) g;  w -= lr (sign(c) + weight_decay w);  m = b2 m + (1 - b2) g.
///             Every number moves by exactly lr, up, down, or not at all where c is 0: so lr is
///             three to ten times smaller than Adam's.
/// Cost        one number more for each parameter; no root, no division
class Lion : public OptimizerWith<LionOptions> {
 public:
  explicit Lion(std::vector<Tensor> parameters, const Options& options = {})
      : OptimizerWith(std::move(parameters), options) {}
  explicit Lion(std::vector<ParamGroup> groups) : OptimizerWith(std::move(groups)) {}

 protected:
  void update(const Options& o, ParameterUpdate& p) override {
    const real lr = static_cast<real>(o.lr), decay = static_cast<real>(o.weight_decay);
    const real b1 = static_cast<real>(o.betas[0]), share1 = static_cast<real>(1 - o.betas[0]);
    const real b2 = static_cast<real>(o.betas[1]), share2 = static_cast<real>(1 - o.betas[1]);
    real* m = p.buffer("exp_avg");
    // TODO(07.11): one loop; the step looks with b1, the memory is kept with b2.
    // HINT: (c > 0) - (c < 0) is the sign as a number.
    todo("07.11", "Lion::update");
  }
};

}  // namespace tinytorch
