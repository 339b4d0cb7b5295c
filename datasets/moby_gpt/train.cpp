// How moby_gpt.safetensors was made: a GPT of about a million numbers, trained on moby.txt by the reference.
//
//   ./tito/tito run datasets/moby_gpt/train.cpp --solution --profile release -- OUT [STEPS]
// Writes OUT/tokenizer.json and, each time the loss of the held-out tenth is the lowest so far,
// OUT/moby_gpt.safetensors. Takes a quarter of an hour or so on one core.
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>

#include <tinytorch/dataloader.hpp>
#include <tinytorch/losses.hpp>
#include <tinytorch/optimizers.hpp>
#include <tinytorch/tokenization.hpp>
#include <tinytorch/training.hpp>
#include <tinytorch/transformers.hpp>

using namespace tinytorch;

namespace {

IndexTensor ids_of(const std::vector<Index>& ids, std::size_t from, std::size_t to) {
  const auto begin = ids.begin() + static_cast<std::ptrdiff_t>(from);
  const auto end = ids.begin() + static_cast<std::ptrdiff_t>(to);
  return IndexTensor(std::vector<Index>(begin, end), {static_cast<Index>(to - from)});
}

Tensor loss_of(const GPT& model, const IndexTensor& x, const IndexTensor& y) {
  const Tensor logits = model(x).reshape({-1, model.config.vocab_size});
  return cross_entropy(logits, y.reshape({y.numel()}));
}

double held_out_loss(const GPT& model, const IndexTensor& tokens) {
  const NoGrad no_grad;
  model.eval();
  const TextWindows windows(tokens, model.config.block_size);
  double total = 0;
  Index count = 0;
  for (Index i = 0; i < windows.size(); i += model.config.block_size, ++count) {
    const auto [x, y] = windows.get(i);
    total += static_cast<double>(loss_of(model, x.reshape({1, x.numel()}), y).item());
  }
  model.train();
  return total / static_cast<double>(count);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fprintf(stderr, "train: expects OUT [STEPS]\n");
    return 2;
  }
  const std::filesystem::path out = argv[1];
  const Index steps = argc > 2 ? std::atoi(argv[2]) : 2500;
  std::filesystem::create_directories(out);
  const std::string text = read_file("datasets/moby/moby.txt");
  const BPETokenizer tokenizer = BPETokenizer::train(text, 1024);
  tokenizer.save(out / "tokenizer.json");
  const std::vector<Index> ids = tokenizer.encode(text);
  const std::size_t cut = ids.size() / 10 * 9;
  const IndexTensor train = ids_of(ids, 0, cut), held_out = ids_of(ids, cut, ids.size());

  Rng rng(1);
  const GPT model(GPTConfig{.vocab_size = tokenizer.vocab_size(),
                            .block_size = 128,
                            .n_layer = 4,
                            .n_head = 4,
                            .n_embd = 128,
                            .dropout = 0.1},
                  rng);
  std::printf("%zu tokens, %lld parameters\n", ids.size(), (long long)model.parameter_count());
  AdamW optimizer(model.parameters(), {.lr = 1e-3, .betas = {0.9, 0.99}, .weight_decay = 0.1});
  const CosineSchedule schedule(2e-3, steps, {.warmup_steps = 100, .min_lr = 1e-4});
  DataLoader loader(TextWindows(train, model.config.block_size),
                          {.batch_size = 8, .shuffle = true, .seed = 1, .drop_last = true});
  double best = INFINITY, mean = 0;
  Index step = 0;
  const auto start = std::chrono::steady_clock::now();
  for (auto [x, y] : loader) {
    optimizer.set_lr(schedule(step));
    optimizer.zero_grad();
    const Tensor loss = loss_of(model, x, y);
    loss.backward();
    clip_grad_norm(model.parameters(), 1.0);
    optimizer.step();
    mean += static_cast<double>(loss.item()) / 100;
    if (++step % 100 == 0 || step == steps) {
      const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
      std::printf("step %5lld  loss %.3f", (long long)step, mean);
      mean = 0;
      if (step % 500 == 0 || step == steps) {
        const double loss_there = held_out_loss(model, held_out);
        std::printf("  held out %.3f", loss_there);
        if (loss_there < best) {
          best = loss_there;
          save_safetensors(out / "moby_gpt.safetensors", model.state_dict());
        }
      }
      std::printf("  %.0f s\n", took.count());
      std::fflush(stdout);
    }
    if (step == steps) break;
  }
}
