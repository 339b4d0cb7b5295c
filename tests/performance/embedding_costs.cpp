// What a table of vectors costs beside the rest of a model, and what a look-up saves, counted and not timed.
//
//   ./tito/tito run tests/performance/embedding_costs.cpp --solution
//
// The lesson of 11_embeddings shows what it prints.
#include <tinytorch/embeddings.hpp>

#include <cstdio>

using namespace tinytorch;

namespace {

long long wide(Index n) { return static_cast<long long>(n); }
long long wide(std::uint64_t n) { return static_cast<long long>(n); }

/// 12 C^2 parameters a block of a transformer, biases left out (13_transformers).
void share(const char* name, Index vocabulary, Index places, Index channels, Index blocks) {
  const Index table = vocabulary * channels, positions = places * channels;
  const Index rest = 12 * channels * channels * blocks;
  std::printf("%-22s %6lld x %4lld %11lld %10lld %11lld %6.1f %%\n", name, wide(vocabulary),
              wide(channels), wide(table), wide(positions), wide(rest),
              100 * static_cast<double>(table) / static_cast<double>(table + positions + rest));
}

}  // namespace

int main() {
  std::printf("%-22s %13s %11s %10s %11s %8s\n", "model", "table", "numbers", "positions", "blocks",
              "table");
  share("names, characters", 27, 16, 32, 2);
  share("Moby Dick, BPE 512", 512, 128, 128, 4);
  share("GPT-2 small", 50257, 1024, 768, 12);
  share("GPT-2 XL", 50257, 1024, 1600, 48);

  const Index channels = 64, tokens = 256;
  std::printf("\n%lld tokens of %lld numbers\n", wide(tokens), wide(channels));
  std::printf("%10s %14s %14s %14s %14s %14s\n", "vocabulary", "look-up bytes", "look-up flops",
              "one-hot bytes", "one-hot flops", "gradient");
  for (const Index vocabulary : {512, 2048, 8192}) {
    Rng rng(1);
    const Embedding table(vocabulary, channels, rng);
    std::vector<Index> list;
    for (Index i = 0; i < tokens; ++i) list.push_back(rng.below(vocabulary));
    const IndexTensor ids(list, {tokens});

    auto before = memory::stats();
    FlopCounter look_up;
    const Tensor rows = table(ids);
    const Index look_up_flops = look_up.total();
    const auto look_up_bytes = memory::stats().allocated_bytes - before.allocated_bytes;

    before = memory::stats();
    FlopCounter product;
    const Tensor same = matmul(one_hot(ids, vocabulary), table.weight);
    const Index product_flops = product.total();
    const auto product_bytes = memory::stats().allocated_bytes - before.allocated_bytes;
    if (!allclose(rows, same)) std::printf("they differ\n");

    before = memory::stats();
    FlopCounter back;
    sum(rows).backward();
    std::printf("%10lld %14lld %14lld %14lld %14lld %8lld bytes, %lld flops\n", wide(vocabulary),
                wide(look_up_bytes), wide(look_up_flops), wide(product_bytes), wide(product_flops),
                wide(static_cast<Index>(table.weight.grad().nbytes())),
                wide(back.of("embedding_grad")));
  }

  Rng rng(1);
  const LearnedPositions learned(1024, 64, rng);
  const PositionalEncoding waves(64, 1024);
  std::printf(
      "\n1024 positions of 64: learned %lld parameters, waves %lld (a buffer of %lld bytes), "
      "rotations none\n",
      wide(learned.parameter_count()), wide(waves.parameter_count()),
      wide(static_cast<Index>(waves.table.nbytes())));
}
