// 14_training / schedules.hpp: the learning rate as a function of the step.
//
//   const CosineSchedule schedule(1e-3, 1000, {.warmup_steps = 100, .min_lr = 1e-4});
//   optimizer.set_lr(schedule(step));     step 0 is the first one
// A schedule remembers nothing: whoever knows the step knows the learning rate, so that there is
// nothing to save, and a run that resumes at step 500 has the rate of step 500.
// In PyTorch: torch/optim/lr_scheduler.py, whose schedulers count for themselves and must be saved.
#pragma once
#include <algorithm>
#include <cmath>
#include <numbers>
#include <string>

#include <tinytorch/support/error.hpp>
#include <tinytorch/support/todo.hpp>
#include <tinytorch/support/types.hpp>

namespace tinytorch {

namespace detail {

inline void check_schedule(bool holds, const char* who, const char* expected,
                           const std::string& got) {
  if (!holds) throw ValueError(std::string(who) + ": expects " + expected + ", got " + got);
}

}  // namespace detail

/// A straight line up to base_lr, which then stays.
///
/// Goal        Small first steps, while the optimizer's averages know nothing yet.
/// Background  Of n warm-up steps, the first has 1/n of base_lr and the n-th all of it: no step has a
///             rate of 0, which would be a batch for nothing.
/// Examples    LinearWarmup(1.0, 4): 0.25, 0.5, 0.75, 1, 1, 1, ...;  no warm-up: 1, 1, ...
/// In PyTorch  LinearLR(start_factor = 1 / n, total_iters = n - 1)
class LinearWarmup {
 public:
  LinearWarmup(double base_lr, Index warmup_steps)
      : base_lr_(base_lr), warmup_steps_(warmup_steps) {
    detail::check_schedule(base_lr >= 0, "LinearWarmup", "base_lr >= 0", std::to_string(base_lr));
    detail::check_schedule(warmup_steps >= 0, "LinearWarmup", "warmup_steps >= 0",
                           std::to_string(warmup_steps));
  }

  double operator()(Index step) const {
    // TODO(14.1): the line while step is below warmup_steps_, then base_lr_.
    // HINT: steps count from 0; whole numbers divide to whole numbers.
    // BEGIN SOLUTION 14.1
    if (step >= warmup_steps_) return base_lr_;
    return base_lr_ * static_cast<double>(step + 1) / static_cast<double>(warmup_steps_);
    // END SOLUTION 14.1
  }

 private:
  double base_lr_;
  Index warmup_steps_;
};

struct CosineScheduleOptions {
  Index warmup_steps = 0;  // of the total, not on top of it
  double min_lr = 0;       // where the way down ends
};

/// Warm-up, then down along half a cosine to min_lr at total_steps.
///
/// Goal        Large steps while there is far to go, small ones to settle.
/// Background  With p from 0 to 1 over the steps behind the warm-up, the rate is
///             min_lr + (base_lr - min_lr) (1 + cos(pi p)) / 2: flat at first, steepest in the middle,
///             flat at the end (Loshchilov and Hutter 2017). After total_steps it stays at min_lr: a
///             cosine would go up again.
/// Examples    CosineSchedule(1.0, 4): 1, 0.854, 0.5, 0.146, 0, 0, ...
///             CosineSchedule(1.0, 6, {.warmup_steps = 2}): 0.5, 1, 1, 0.854, 0.5, 0.146, 0, ...
/// In PyTorch  CosineAnnealingLR; with warm-up as in nanoGPT's train.py, get_lr
class CosineSchedule {
 public:
  using Options = CosineScheduleOptions;

  CosineSchedule(double base_lr, Index total_steps, Options options = {})
      : base_lr_(base_lr),
        total_steps_(total_steps),
        options_(options),
        warmup_(base_lr, options.warmup_steps) {
    detail::check_schedule(
        total_steps >= options.warmup_steps, "CosineSchedule", "total_steps >= warmup_steps",
        std::to_string(total_steps) + " and " + std::to_string(options.warmup_steps));
    detail::check_schedule(
        options.min_lr >= 0 && options.min_lr <= base_lr, "CosineSchedule",
        "min_lr in [0, base_lr]",
        std::to_string(options.min_lr) + " for a base_lr of " + std::to_string(base_lr));
  }

  double operator()(Index step) const {
    // TODO(14.2): warm up; after total_steps_ the minimum; between them the formula.
    // HINT: warmup_(step) is the way up. p is 0 in the first step behind it.
    // BEGIN SOLUTION 14.2
    if (step < options_.warmup_steps) return warmup_(step);
    if (step >= total_steps_) return options_.min_lr;
    const double p = static_cast<double>(step - options_.warmup_steps) /
                     static_cast<double>(total_steps_ - options_.warmup_steps);
    return options_.min_lr +
           (base_lr_ - options_.min_lr) * (1 + std::cos(std::numbers::pi * p)) / 2;
    // END SOLUTION 14.2
  }

 private:
  double base_lr_;
  Index total_steps_;
  Options options_;
  LinearWarmup warmup_;
};

/// base_lr, times gamma after every step_size steps.
///
/// Goal        The schedule of a decade of vision models: a tenth, and a tenth again.
/// Examples    StepSchedule(1.0, 2, 0.1): 1, 1, 0.1, 0.1, 0.01, ...
/// In PyTorch  StepLR
class StepSchedule {
 public:
  StepSchedule(double base_lr, Index step_size, double gamma)
      : base_lr_(base_lr), step_size_(step_size), gamma_(gamma) {
    detail::check_schedule(step_size >= 1, "StepSchedule", "step_size >= 1",
                           std::to_string(step_size));
    detail::check_schedule(gamma > 0, "StepSchedule", "gamma > 0", std::to_string(gamma));
  }

  double operator()(Index step) const {
    // TODO(14.3): gamma as often as step_size steps have passed.
    // HINT: here it is a whole division that is wanted.
    // BEGIN SOLUTION 14.3
    return base_lr_ * std::pow(gamma_, static_cast<double>(step / step_size_));
    // END SOLUTION 14.3
  }

 private:
  double base_lr_;
  Index step_size_;
  double gamma_;
};

}  // namespace tinytorch
