// A GPT of 4 layers, C 128, 4 heads, V 256: milliseconds of a training step with AdamW on [8, 128] tokens, of its
// parts, and tokens a second when it writes.
#include <tinytorch/losses.hpp>
#include <tinytorch/optimizers.hpp>
#include <tinytorch/transformers.hpp>

#include "../harness.hpp"

using namespace tinytorch;

int main(int argc, char** argv) {
  bench::Report report(argc, argv);
  constexpr Index V = 256, T = 128, B = 8;
  Rng rng(1);
  const GPT model(
      GPTConfig{.vocab_size = V, .block_size = T, .n_layer = 4, .n_head = 4, .n_embd = 128}, rng);
  AdamW optimizer(model.parameters(), {.lr = 1e-3, .weight_decay = 0.01});
  std::vector<Index> ids, next;
  for (Index i = 0; i < B * T; ++i) {
    ids.push_back(static_cast<Index>(rng.below(V)));
    next.push_back((ids.back() * 7 + 3) % V);
  }
  const IndexTensor x(ids, {B, T}), y(next, {B * T});
  const auto loss = [&] { return cross_entropy(model(x).reshape({B * T, V}), y); };
  report.time("gpt_step", "ms", 1e3, [&] {
    optimizer.zero_grad();
    loss().backward();
    optimizer.step();
  });
  report.time("gpt_optimizer", "ms", 1e3, [&] { optimizer.step(); });
  const NoGrad no_grad;
  report.time("gpt_forward", "ms", 1e3, [&] { bench::keep(loss()); });
  for (const bool cache : {true, false}) {
    report.rate(cache ? "generate_cached" : "generate", "tokens/s", 100, [&] {
      bench::keep(model.generate(index_tensor({1}, {1}), 100, rng,
                                 {.temperature = 0, .use_cache = cache}));
    });
  }
}
