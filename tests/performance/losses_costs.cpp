// What cross entropy keeps, computes and takes, fused and composed: 512 examples of 5000 classes.
//
//   ./tito/tito run tests/performance/losses_costs.cpp --solution --profile release
//
// The lesson of 06_losses shows what it prints. Bytes and operations are counted, times are not exact.
#include <tinytorch/losses.hpp>

#include <algorithm>
#include <chrono>
#include <cstdio>

using namespace tinytorch;

using Loss = Tensor (*)(const Tensor& scores, const IndexTensor& labels);

constexpr Index examples = 512, classes = 5000;
constexpr double score_bytes = double(examples) * double(classes) * double(sizeof(real));

double live() { return double(memory::stats().live_bytes); }
double peak() { return double(memory::stats().peak_bytes); }

IndexTensor labels() {
  Rng rng(1);
  std::vector<Index> picks;
  for (Index i = 0; i < examples; ++i) picks.push_back(rng.below(classes));
  return index_tensor(picks, {examples});
}

/// Like a model's last layer: the addition of a bias, which keeps nothing. Only who holds on to its
/// result keeps the scores.
Tensor model(const Tensor& x) { return x + scalar(1); }

/// Bytes in units of the scores, beyond the input x that is always there.
void memory_of(const char* name, Loss loss, bool named) {
  Rng rng(2);
  Tensor x = randn({examples, classes}, rng);
  x.set_requires_grad(true);
  const IndexTensor y = labels();
  const double before = live();
  memory::reset_peak();
  Tensor scores = model(x);
  Tensor result = loss(scores, y);
  if (!named) scores = Tensor();
  const double forward = peak() - before, kept = live() - before;
  memory::reset_peak();
  result.backward();
  std::printf("%-10s %-26s %6.2f %18.2f %18.2f\n", name,
              named ? "scores held by a name" : "scores held by nobody", forward / score_bytes,
              kept / score_bytes, (peak() - before) / score_bytes);
}

void work_of(const char* name, Loss loss) {
  Rng rng(2);
  Tensor x = randn({examples, classes}, rng);
  x.set_requires_grad(true);
  const IndexTensor y = labels();
  const double numbers = double(examples) * double(classes);
  double forward = 1e30, both = 1e30;
  Index there = 0, back = 0;
  using Clock = std::chrono::steady_clock;
  using Nanoseconds = std::chrono::duration<double, std::nano>;
  for (int i = 0; i < 10; ++i) {
    x.zero_grad();
    FlopCounter counter;
    const auto start = Clock::now();
    const Tensor result = loss(x, y);
    forward = std::min(forward, Nanoseconds(Clock::now() - start).count());
    there = counter.total();
    result.backward();
    both = std::min(both, Nanoseconds(Clock::now() - start).count());
    back = counter.total() - there;
  }
  std::printf("%-10s %18.2f %9.2f %20.2f %9.2f\n", name, double(there) / numbers,
              double(back) / numbers, forward / numbers, both / numbers);
}

Tensor fused(const Tensor& x, const IndexTensor& y) { return cross_entropy(x, y); }
Tensor composed(const Tensor& x, const IndexTensor& y) { return cross_entropy_composed(x, y); }

int main() {
  std::printf("tensors as large as the scores (%.2f MB)\n", score_bytes / 1e6);
  std::printf("%-37s forward peak   kept for backward      backward peak\n", "");
  memory_of("composed", composed, true);
  memory_of("fused", fused, true);
  memory_of("composed", composed, false);
  memory_of("fused", fused, false);
  std::printf("\nfor each score       flops forward      back     nanoseconds forward  and back\n");
  work_of("composed", composed);
  work_of("fused", fused);
}
