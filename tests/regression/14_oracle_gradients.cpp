// Accuracy, perplexity, clipping and learning rates as PyTorch computes them: tests/oracles/14_averages.py.
#include <tinytorch/training.hpp>

#include "14_oracle.hpp"
#include "oracle_gradients.hpp"

using namespace tinytorch;
using namespace tt_test;

namespace {

void check_number(const char* what, double ours, double theirs) {
  check_golden(what, scalar(ours), {{theirs}, {}});
}

template <class Schedule>
void check_rates(const char* what, const Schedule& schedule, const std::vector<double>& theirs) {
  for (std::size_t step = 0; step < theirs.size(); ++step) {
    check_number(what, schedule(Index(step)), theirs[step]);
  }
}

}  // namespace

TEST_CASE("oracle of 14: how often right, and how puzzled", "[14][gradient]") {
  const Tensor scores = waves(1, {2, 4, 3});
  const IndexTensor labels = index_tensor({1, 2, 0, 1, 0, 0, 2, 1}, {2, 4});
  check_number("accuracy", accuracy(scores, labels), oracle::share_right[0]);
  check_number("accuracy", accuracy(scores, labels, {.ignore_index = 1}),
               oracle::share_right_of_counted[0]);
  check_number("perplexity", perplexity(oracle::perplexity_of[0]), oracle::perplexity_of[1]);
}

TEST_CASE("oracle of 14: clipped gradients", "[14][gradient]") {
  const Golden cases[] = {oracle::clipped_0(), oracle::clipped_100()};
  const double limits[] = {0.5, 100};
  for (int i = 0; i < 2; ++i) {
    const Tensor a = zeros({2, 3}).set_requires_grad(true), b = zeros({4}).set_requires_grad(true);
    (sum(a * waves(1, {2, 3})) + sum(b * waves(50, {4}))).backward();
    const double norm = clip_grad_norm({a, b}, limits[i]);
    check_golden(cases[i], scalar(norm));
    // PyTorch divides by norm + 1e-6, so that what it clipped is shorter by that share.
    const real share = norm > limits[i] ? norm / (norm + 1e-6) : 1;
    check_gradients(cases[i], {a.grad() * share, b.grad() * share});
  }
}

TEST_CASE("oracle of 14: learning rates step by step", "[14][gradient]") {
  check_rates("StepSchedule", StepSchedule(0.3, 2, 0.1), oracle::stepped);
  check_rates("LinearWarmup", LinearWarmup(0.3, 5), oracle::warmed);
  check_rates("CosineSchedule", CosineSchedule(0.3, 7, {.min_lr = 0.01}), oracle::along_a_cosine);
}
