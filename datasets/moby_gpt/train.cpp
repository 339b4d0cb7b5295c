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

#include <tinytorch/optimizers.hpp>
#include <tinytorch/training.hpp>

#include "held_out.hpp"

using namespace moby_gpt;

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fprintf(stderr, "train: expects OUT [STEPS]\n");
    return 2;
  }
  const std::filesystem::path out = argv[1];
  const Index steps = argc > 2 ? std::atoi(argv[2]) : 2500;
  std::filesystem::create_directories(out);
  const std::string text = read_text();
  const BPETokenizer tokenizer = BPETokenizer::train(text, 1024);
  tokenizer.save(out / "tokenizer.json");
  const auto [train, held_out] = split(tokenizer.encode(text));

  Rng rng(1);
  const GPT model(config(tokenizer), rng);
  std::printf("%lld tokens, %lld parameters\n", (long long)(train.numel() + held_out.numel()),
              (long long)model.parameter_count());
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
