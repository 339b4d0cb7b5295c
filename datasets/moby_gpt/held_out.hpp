// What training and measuring moby_gpt share: the text and its last tenth, the form of the model, the loss.
#pragma once
#include <string>
#include <utility>
#include <vector>

#include <tinytorch/dataloader.hpp>
#include <tinytorch/losses.hpp>
#include <tinytorch/support/json.hpp>
#include <tinytorch/tokenization.hpp>
#include <tinytorch/transformers.hpp>

namespace moby_gpt {

using namespace tinytorch;

inline std::string read_text() { return read_file("datasets/moby/moby.txt"); }

inline GPTConfig config(const BPETokenizer& tokenizer) {
  return {.vocab_size = tokenizer.vocab_size(),
          .block_size = 128,
          .n_layer = 4,
          .n_head = 4,
          .n_embd = 128,
          .dropout = 0.1};
}

/// The tokens that are trained on, nine tenths, and those that are held out.
inline std::pair<IndexTensor, IndexTensor> split(const std::vector<Index>& ids) {
  const auto cut = ids.begin() + static_cast<std::ptrdiff_t>(ids.size() / 10 * 9);
  return {IndexTensor({ids.begin(), cut}, {static_cast<Index>(cut - ids.begin())}),
          IndexTensor({cut, ids.end()}, {static_cast<Index>(ids.end() - cut)})};
}

inline Tensor loss_of(const GPT& model, const IndexTensor& x, const IndexTensor& y) {
  const Tensor logits = model(x).reshape({-1, model.config.vocab_size});
  return cross_entropy(logits, y.reshape({y.numel()}));
}

/// The mean over windows that stand side by side, each token seen with what precedes it in its window.
inline double held_out_loss(const GPT& model, const IndexTensor& tokens) {
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

}  // namespace moby_gpt
