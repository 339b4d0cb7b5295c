// 14_training / ema.hpp: weights averaged over the last steps. Stretch.
//
//   auto average = std::make_shared<EmaWeights>(model, EmaWeightsOptions{.decay = 0.999});
//   trainer.add(average);
//   ... evaluate a second model with average->state_dict()
#pragma once
#include <string>

#include <tinytorch/training/trainer.hpp>

namespace tinytorch {

struct EmaWeightsOptions {
  double decay = 0.999;  // what the average keeps in a step
};

/// A running mean of a model's parameters (Polyak and Juditsky 1992; exponential as in Adam).
///
/// Goal        The last steps jump about a minimum; their mean lies nearer to it than any of them.
/// Background  average = decay * average + (1 - decay) * weight, from a copy of the first weights, so
///             that nothing has to be corrected. The model trains on its own weights; the average is
///             only for using it.
/// Cost        one number more a parameter
/// In PyTorch  torch/optim/swa_utils.py, AveragedModel with get_ema_avg_fn
class EmaWeights : public Callback {
 public:
  using Options = EmaWeightsOptions;

  explicit EmaWeights(const Module& model, Options options = {})
      : parameters_(model.named_parameters()), options_(options) {
    if (!(options.decay >= 0 && options.decay < 1)) {
      throw ValueError("EmaWeights: expects decay in [0, 1), got " + std::to_string(options.decay));
    }
    for (const auto& [name, parameter] : parameters_) average_[name] = parameter.detach().clone();
  }

  void on_step(Trainer&, const StepReport&) override { update(); }

  /// Moves the average towards the parameters as they are now.
  void update() {
    // TODO(14.17): in place, for each parameter by its name.
    // HINT: mul_(decay), then add_(the parameter, detached, 1 - decay).
    // BEGIN SOLUTION 14.17
    const NoGrad no_grad;
    for (const auto& [name, parameter] : parameters_) {
      Tensor& average = average_.at(name);
      average.mul_(static_cast<real>(options_.decay));
      average.add_(parameter.detach(), static_cast<real>(1 - options_.decay));
    }
    // END SOLUTION 14.17
  }

  TensorFile save() const override { return {average_, {}, {}}; }
  void load(const TensorFile& saved) override {
    const std::string problems = detail::differences(parameters_, saved.tensors);
    if (!problems.empty()) {
      throw ValueError("EmaWeights: expects averages of this model, got" + problems);
    }
    for (auto& [name, mean] : average_) mean.copy_(saved.tensors.at(name));
  }

  /// The averages, under the names of the parameters; buffers are not averaged.
  const StateDict& state_dict() const { return average_; }

 private:
  NamedTensors parameters_;
  Options options_;
  StateDict average_;
};

}  // namespace tinytorch
