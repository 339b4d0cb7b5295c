// Causal attention of 32 heads of 32 numbers, milliseconds forward: all scores at once, and in tiles.
#include <tinytorch/attention.hpp>

#include "../harness.hpp"

using namespace tinytorch;

int main(int argc, char** argv) {
  bench::Report report(argc, argv);
  const NoGrad no_grad;
  for (const Index T : {128, 256, 512, 1024}) {
    Rng rng(1);
    const Tensor q = randn({32, T, 32}, rng), k = randn({32, T, 32}, rng),
                 v = randn({32, T, 32}, rng);
    const std::string length = std::to_string(T);
    report.time("attention_" + length, "ms", 1e3, [&] {
      bench::keep(scaled_dot_product_attention(q, k, v, {.causal = true}));
    });
    report.time("attention_tiled_" + length, "ms", 1e3,
                [&] { bench::keep(tiled_attention(q, k, v, {.causal = true})); });
  }
}
