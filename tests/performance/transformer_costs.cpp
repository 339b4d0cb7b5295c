// What a transformer keeps and costs, counted and not timed: parameters, operations, bytes.
//
//   ./tito/tito run tests/performance/transformer_costs.cpp --solution
//
// The lesson of 13_transformers shows what it prints.
#include <tinytorch/losses.hpp>
#include <tinytorch/transformers.hpp>

#include <cstdio>
using namespace tinytorch;

namespace {

using Long = long long;

Long live() { return static_cast<Long>(memory::stats().live_bytes); }

IndexTensor some_ids(Index batch, Index length, Index vocabulary) {
  std::vector<Index> ids;
  for (Index i = 0; i < batch * length; ++i) ids.push_back(i * 7 % vocabulary);
  return IndexTensor(std::move(ids), {batch, length});
}

void parameters(const char* name, const GPTConfig& c) {
  const Index all = gpt_parameter_count(c), block = 12 * c.n_embd * c.n_embd + 13 * c.n_embd;
  std::printf("%-13s %12lld %11lld %11lld %9.0f %% %9.1f MB\n", name, Long(all), Long(block),
              Long(c.vocab_size * c.n_embd), 100.0 * double(c.vocab_size * c.n_embd) / double(all),
              16e-6 * double(all));
}

void flops(Index length) {
  Rng rng(1);
  const GPTConfig c = {
      .vocab_size = 512, .block_size = 256, .n_layer = 2, .n_head = 4, .n_embd = 64};
  const GPT model(c, rng);
  const NoGrad no_grad;
  FlopCounter counter;
  (void)model(some_ids(1, length, 512));
  const Index in_matrices = 2 * (c.n_layer * 12 * c.n_embd * c.n_embd + c.vocab_size * c.n_embd);
  std::printf("%4lld %12lld %12lld %12lld %12lld\n", Long(length),
              Long(counter.of("matmul") / length), Long(in_matrices),
              Long(4 * length * c.n_embd * c.n_layer), Long(counter.total() / length));
}

void kept(Index layers, Index length) {
  Rng rng(1);
  const GPT model(
      {.vocab_size = 512, .block_size = 128, .n_layer = layers, .n_head = 4, .n_embd = 64}, rng);
  const IndexTensor ids = some_ids(4, length, 512);
  const Long before = live();
  const Tensor loss = cross_entropy(model(ids).reshape({-1, 512}), ids.reshape({ids.numel()}));
  const Long after = live();
  std::printf("%6lld %4lld %12lld bytes kept\n", Long(layers), Long(length), after - before);
}

Tensor composed(const Tensor& x, const Tensor& w, const Tensor& b) {
  const Tensor centered = x - mean(x, -1, true);
  return centered / sqrt(mean(centered * centered, -1, true) + real(1e-5)) * w + b;
}

void norm(const char* what, bool fused) {
  Tensor x = ones({4, 64, 64}), w = ones({64}), b = zeros({64});
  for (Tensor* t : {&x, &w, &b}) t->set_requires_grad(true);
  const Long before = live();
  const Tensor y = fused ? layer_norm(x, w, b) : composed(x, w, b);
  std::printf("%-22s %9lld bytes kept beside x (y has %lld)\n", what, live() - before,
              Long(y.nbytes()));
}

void generation(Index n) {
  Rng rng(1);
  const GPT model({.vocab_size = 512, .block_size = 256, .n_layer = 2, .n_head = 4, .n_embd = 64},
                  rng);
  Index count[2];
  for (const bool cache : {false, true}) {
    FlopCounter counter;
    (void)model.generate(index_tensor({1}, {1}), n, rng, {.temperature = 0, .use_cache = cache});
    count[cache ? 1 : 0] = counter.of("matmul");
  }
  std::printf("%4lld %14lld %14lld %8.1f\n", Long(n), Long(count[0]), Long(count[1]),
              double(count[0]) / double(count[1]));
}

}  // namespace

int main() {
  std::printf("                parameters   one block       table     share    training\n");
  parameters("M5, Moby Dick", {512, 32, 2, 4, 48});
  parameters("GPT-2 small", {50257, 1024, 12, 12, 768});
  parameters("GPT-2 XL", {50257, 1024, 48, 25, 1600});
  std::printf("\nforward, flops a token: V 512, 2 layers, C 64\n"
              "   T       matmul  2 N matrices   4 T C layers          all\n");
  for (const Index length : {16, 64, 256}) flops(length);
  std::printf("\nkept for backward: batch 4, V 512, C 64, 4 heads\nlayers    T\n");
  for (const Index layers : {1, 2, 3}) kept(layers, 64);
  kept(1, 128);
  kept(2, 128);
  std::printf("\nlayer_norm of [4, 64, 64]\n");
  norm("composed", false);
  norm("one operation", true);
  std::printf(
      "\ngenerate n tokens, flops in matmul\n   n        without     with cache    ratio\n");
  for (const Index n : {16, 64, 250}) generation(n);
}
