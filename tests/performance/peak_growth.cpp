// How the most bytes alive at a time grow with the work: products, attention, backward. Counted by the framework's own
// counters (support/memory.hpp), so the numbers are the same on every machine; times are in ../performance/workloads.
//
//   tito run tests/performance/peak_growth.cpp --solution
#include <tinytorch/attention.hpp>
#include <tinytorch/losses.hpp>

#include <cmath>
#include <cstdio>
#include <vector>

using namespace tinytorch;

namespace {

/// Bytes that f needs beyond what there was.
template <class F>
double peak_of(F f) {
  const auto before = memory::stats().live_bytes;
  memory::reset_peak();
  f();
  return static_cast<double>(memory::stats().peak_bytes - before);
}

/// One line: the peak at each size, and the exponent from the first size to the last.
template <class F>
void grow(const char* what, const std::vector<Index>& sizes, const char* theory, F f) {
  std::vector<double> peaks;
  std::printf("%-28s", what);
  for (const Index size : sizes) {
    peaks.push_back(peak_of([&] { f(size); }));
    std::printf("  %6lld: %8.2f MB", static_cast<long long>(size), peaks.back() * 1e-6);
  }
  const double steps = std::log(static_cast<double>(sizes.back()) / static_cast<double>(sizes.front()));
  std::printf("   exponent %.2f, theory %s\n", std::log(peaks.back() / peaks.front()) / steps, theory);
}

Tensor leaf(const Shape& shape, Rng& rng) {
  Tensor t = randn(shape, rng);
  return t.set_requires_grad(true);
}

}  // namespace

int main() {
  Rng rng(1);
  grow("matmul, n", {128, 512, 1024}, "2", [&](Index n) {
    const Tensor a = randn({n, n}, rng), b = randn({n, n}, rng);
    (void)matmul(a, b);
  });
  const auto attend = [&](Index T, auto attention) {
    const NoGrad no_grad;
    const Tensor q = randn({4, T, 32}, rng), k = randn({4, T, 32}, rng), v = randn({4, T, 32}, rng);
    (void)attention(q, k, v);
  };
  grow("attention, T", {128, 512, 1024}, "2", [&](Index T) {
    attend(T, [](auto& q, auto& k, auto& v) {
      return scaled_dot_product_attention(q, k, v, {.causal = true});
    });
  });
  grow("tiled attention, T", {128, 512, 1024}, "1", [&](Index T) {
    attend(T, [](auto& q, auto& k, auto& v) { return tiled_attention(q, k, v, {.causal = true}); });
  });
  grow("backward through tanh, steps", {10, 100, 1000}, "1", [&](Index steps) {
    Tensor x = leaf({1000}, rng);
    for (Index i = 0; i < steps; ++i) x = tanh(x);
    sum(x).backward();
  });
  grow("backward through +, steps", {10, 100, 1000}, "0: a sum keeps no numbers", [&](Index steps) {
    Tensor x = leaf({1000}, rng);
    for (Index i = 0; i < steps; ++i) x = x + 1;
    sum(x).backward();
  });
}
