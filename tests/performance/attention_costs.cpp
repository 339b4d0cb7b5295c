// What attention costs, counted and not timed: operations, bytes at the peak, bytes kept, bytes of a cache.
//
//   ./tito/tito run tests/performance/attention_costs.cpp --solution
//
// The lesson of 12_attention shows what it prints.
#include <tinytorch/attention.hpp>

#include <cmath>
#include <cstdio>
using namespace tinytorch;

long long live() { return static_cast<long long>(memory::stats().live_bytes); }
long long peak() { return static_cast<long long>(memory::stats().peak_bytes); }

/// Bytes of one head of d = 64: at the peak of forward, kept after it, at the peak of backward.
void one_head(Index T, bool tiled) {
  Tensor q = ones({T, 64}), k = ones({T, 64}), v = ones({T, 64});
  for (Tensor* t : {&q, &k, &v}) t->set_requires_grad(true);
  const long long before = live();
  memory::reset_peak();
  FlopCounter forward;
  const Tensor out = tiled ? tiled_attention(q, k, v, {.causal = true})
                           : scaled_dot_product_attention(q, k, v, {.causal = true});
  const long long at_peak = peak() - before, kept = live() - before;
  const long long operations = static_cast<long long>(forward.total());
  memory::reset_peak();
  out.backward(ones(out.shape()));
  std::printf("%-6s %5lld %11lld %10lld %10lld %10lld\n", tiled ? "tiled" : "plain",
              static_cast<long long>(T), operations, at_peak / 1024, kept / 1024,
              (peak() - before) / 1024);
}

/// How far softmax is from a choice: the mean of the largest weight of a row.
void scale(Index d) {
  Rng rng(1);
  const Tensor q = randn({256, d}, rng), k = randn({64, d}, rng);
  const Tensor scaled = attention_weights(q, k);
  const Tensor raw = masked_softmax(matmul(q, k.transpose(0, 1)));
  const auto of = [](const Tensor& w) { return static_cast<double>(mean(max(w, 1)).item()); };
  const auto slope = [](const Tensor& w) {
    return static_cast<double>(mean(sum(w * (1 - w), 1)).item());
  };
  std::printf("%4lld %16.3f %16.3f %16.3f %16.3f\n", static_cast<long long>(d), of(scaled), of(raw),
              slope(scaled), slope(raw));
}

/// Operations to write T tokens, one after another, with one layer.
void generate(Index T) {
  Rng rng(1);
  const MultiHeadAttention layer(64, 4, rng, {.causal = true});
  const NoGrad no_grad;
  const Tensor x = zeros({1, T, 64});
  KVCache cache(T);
  Index with = 0, without = 0;
  for (Index t = 0; t < T; ++t) {
    FlopCounter cached;
    (void)layer(x.slice(1, t, t + 1), cache);
    with += cached.of("matmul");
    FlopCounter whole;
    (void)layer(x.slice(1, 0, t + 1));
    without += whole.of("matmul");
  }
  std::printf("%5lld %14lld %14lld %7.1f %12lld\n", static_cast<long long>(T),
              static_cast<long long>(without), static_cast<long long>(with),
              static_cast<double>(without) / static_cast<double>(with),
              static_cast<long long>(cache.nbytes()));
}

/// Bytes of all caches of a model, by formula: 2 * layers * kv_heads * head_dim * tokens * bytes.
void cache(const char* what, double layers, double kv_heads, double head_dim, double tokens,
           double bytes) {
  std::printf("%-34s %9.1f MB\n", what, 2 * layers * kv_heads * head_dim * tokens * bytes / 1e6);
}

int main() {
  std::printf("one causal head of 64\n%-6s %5s %11s %10s %10s %10s\n", "", "T", "operations",
              "KB forward", "KB kept", "KB backward");
  for (const bool tiled : {false, true}) {
    for (const Index T : {128, 256, 512, 1024}) one_head(T, tiled);
  }
  std::printf("\n   d  largest, scaled      not scaled    slope, scaled      not scaled\n");
  for (const Index d : {4, 16, 64, 256}) scale(d);
  std::printf("\n    T  without cache     with cache   times  cache bytes\n");
  for (const Index T : {16, 64, 256}) generate(T);
  std::printf("\n");
  cache("GPT-2 small, 1024 tokens, float32", 12, 12, 64, 1024, 4);
  cache("Llama 2 7B, 4096 tokens, float16", 32, 32, 128, 4096, 2);
  cache("Llama 3 8B, 8192 tokens, float16", 32, 8, 128, 8192, 2);
}
