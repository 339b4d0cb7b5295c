// 14_training / schedules.hpp: the learning rate of each step. Golden numbers: PyTorch's schedulers.
#include <tinytorch/training/schedules.hpp>

#include "../pedagogy/14_training/golden.hpp"
#include "tensor_close.hpp"

using namespace tinytorch;
using namespace tt_test;

namespace {

template <class Schedule>
Values rates(const Schedule& schedule, Index steps) {
  Values found{{}, {steps}};
  for (Index step = 0; step < steps; ++step) found.numbers.push_back(schedule(step));
  return found;
}

template <std::size_t n>
Values golden_rates(const double (&numbers)[n]) {
  return {{numbers, numbers + n}, {static_cast<Index>(n)}};
}

}  // namespace

TEST_CASE("LinearWarmup: the first step has a share and the last one all of it", "[14.1][core]") {
  CHECK_TENSOR(rates(LinearWarmup(1.0, 4), 6), values({0.25, 0.5, 0.75, 1, 1, 1}, {6}));
  CHECK_TENSOR(rates(LinearWarmup(0.3, 4), 6), golden_rates(golden::warmup));
}

TEST_CASE("LinearWarmup: without steps to warm up it is a constant", "[14.1][edge]") {
  CHECK_TENSOR(rates(LinearWarmup(0.5, 0), 3), values({0.5, 0.5, 0.5}, {3}));
  CHECK_TENSOR(rates(LinearWarmup(0.5, 1), 3), values({0.5, 0.5, 0.5}, {3}));
}

TEST_CASE("CosineSchedule: half a cosine from the base to the minimum", "[14.2][core]") {
  const double a = (1 + std::sqrt(0.5)) / 2,
               b = (1 - std::sqrt(0.5)) / 2;  // cos 45 and 135 degrees
  CHECK_TENSOR(rates(CosineSchedule(1.0, 4), 6), values({1, a, 0.5, b, 0, 0}, {6}));
  CHECK_TENSOR(rates(CosineSchedule(0.3, 10, {.min_lr = 0.03}), 11), golden_rates(golden::cosine));
}

TEST_CASE("CosineSchedule: the warm-up is a part of the total", "[14.2][14.1][core]") {
  const CosineSchedule schedule(0.3, 20, {.warmup_steps = 5, .min_lr = 0.03});
  CHECK_TENSOR(rates(schedule, 20), golden_rates(golden::warm_cosine));
  CHECK_TENSOR(values({schedule(4), schedule(5)}, {2}), values({0.3, 0.3}, {2}));  // the top
}

TEST_CASE("CosineSchedule: stays at the minimum after the end", "[14.2][edge]") {
  const CosineSchedule schedule(1.0, 3, {.min_lr = 0.25});
  CHECK_TENSOR(values({schedule(3), schedule(4), schedule(8)}, {3}),
               values({0.25, 0.25, 0.25}, {3}));
  const CosineSchedule warm_only(1.0, 2, {.warmup_steps = 2, .min_lr = 0.5});
  CHECK_TENSOR(rates(warm_only, 4), values({0.5, 1, 0.5, 0.5}, {4}));  // no 0 / 0 at step 2
}

TEST_CASE("StepSchedule: a factor after every so many steps", "[14.3][core]") {
  CHECK_TENSOR(rates(StepSchedule(1.0, 2, 0.1), 5), values({1, 1, 0.1, 0.1, 0.01}, {5}));
  CHECK_TENSOR(rates(StepSchedule(0.3, 3, 0.5), 8), golden_rates(golden::steps));
}

TEST_CASE("StepSchedule: may grow and may change in every step", "[14.3][edge]") {
  CHECK_TENSOR(rates(StepSchedule(1.0, 1, 2.0), 4), values({1, 2, 4, 8}, {4}));
  CHECK(StepSchedule(1.0, 1000000, 0.5)(999999) == 1.0);
}

TEST_CASE("schedules: asked again and out of order they say the same", "[14.2][14.3][property]") {
  const CosineSchedule cosine(1.0, 50, {.warmup_steps = 10, .min_lr = 0.1});
  const StepSchedule steps(1.0, 7, 0.5);
  std::vector<double> forward;
  for (Index step = 0; step < 60; ++step) forward.push_back(cosine(step) + steps(step));
  bool same = true, falls = true, bounded = true;
  for (Index step = 59; step >= 0; --step) {
    const auto at = static_cast<std::size_t>(step);
    same = same && cosine(step) + steps(step) == forward[at];
    if (step > 10) falls = falls && cosine(step) <= cosine(step - 1);
    bounded = bounded && cosine(step) >= 0.1 - 1e-12 && cosine(step) <= 1;
  }
  CHECK(same);  // what makes it possible to resume from the step alone
  CHECK(falls);
  CHECK(bounded);
}

TEST_CASE("schedules: refuse what cannot be followed", "[14.2][errors]") {
  CHECK(CosineSchedule(1.0, 4)(2) == 0.5);
  CHECK_THROWS_WITH(LinearWarmup(-1, 4), contains("LinearWarmup: expects base_lr >= 0, got -1"));
  CHECK_THROWS_WITH(CosineSchedule(1, 4, {.warmup_steps = 5}),
                    contains("total_steps >= warmup_steps"));
  CHECK_THROWS_WITH(CosineSchedule(1, 4, {.min_lr = 2}), contains("min_lr in [0, base_lr], got 2"));
  CHECK_THROWS_WITH(StepSchedule(1, 0, 0.1), contains("step_size >= 1, got 0"));
}
