// Plain and tiled attention by the processor's clock, one head of 64 numbers.
//
//   ./tito/tito run tests/performance/attention_speed.cpp --solution --profile release
//
// The lesson of 12_attention shows what it prints.
#include <tinytorch/attention.hpp>

#include <cstdio>

#include "fastest.hpp"

using namespace tinytorch;

/// Milliseconds of the fastest of five calls.
template <class F>
double best(F f) {
  return 1e3 * bench::fastest(5, f);
}

int main() {
  std::printf("    T   plain ms   tiled ms   causal: plain ms   tiled ms   one token, cached ms\n");
  for (const Index T : {128, 512, 1024, 2048}) {
    const NoGrad no_grad;
    Rng rng(1);
    const Tensor q = randn({T, 64}, rng), k = randn({T, 64}, rng), v = randn({T, 64}, rng);
    const Tensor last = q.slice(0, T - 1, T);
    const double plain = best([&] { (void)scaled_dot_product_attention(q, k, v); });
    const double tiled = best([&] { (void)tiled_attention(q, k, v); });
    const double c_plain =
        best([&] { (void)scaled_dot_product_attention(q, k, v, {.causal = true}); });
    const double c_tiled = best([&] { (void)tiled_attention(q, k, v, {.causal = true}); });
    const double step =
        best([&] { (void)scaled_dot_product_attention(last, k, v, {.causal = true}); });
    std::printf("%5lld %10.2f %10.2f %18.2f %10.2f %22.3f\n", static_cast<long long>(T), plain,
                tiled, c_plain, c_tiled, step);
  }
}
