// What moby_gpt.safetensors makes of the tenth of moby.txt that it was not trained on.
//
//   ./tito/tito run datasets/moby_gpt/evaluate.cpp --solution --profile release
#include <cmath>
#include <cstdio>

#include <tinytorch/support/safetensors.hpp>

#include "held_out.hpp"

using namespace moby_gpt;

int main() {
  const std::string text = read_text();
  const BPETokenizer tokenizer = BPETokenizer::load("datasets/moby_gpt/tokenizer.json");
  const auto [train, held_out] = split(tokenizer.encode(text));
  Rng rng(1);
  const GPT model(config(tokenizer), rng);
  model.load_state_dict(read_safetensors("datasets/moby_gpt/moby_gpt.safetensors"));
  const double loss = held_out_loss(model, held_out);
  const double tokens = static_cast<double>(train.numel() + held_out.numel());
  std::printf("%lld tokens held out: loss %.3f, perplexity %.1f, %.2f bits a character\n",
              static_cast<long long>(held_out.numel()), loss, std::exp(loss),
              loss / std::log(2) * tokens / static_cast<double>(text.size()));
}
