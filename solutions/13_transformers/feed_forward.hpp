// 13_transformers / feed_forward.hpp: what a token makes of what it has heard.
//
// Attention moves numbers between tokens; here every token thinks for itself. Two thirds of a
// block's weights are in these two matrices.
#pragma once
#include <string>

#include <tinytorch/activations.hpp>
#include <tinytorch/layers.hpp>

namespace tinytorch {

struct FeedForwardOptions {
  Index hidden = 0;  // 0: four times dim
  double dropout = 0;
  bool bias = true;
};

namespace detail {

inline Index checked_hidden(Index dim, Index hidden, const char* who) {
  if (dim >= 1 && hidden >= 1) return hidden;
  throw ValueError(std::string(who) + ": expects sizes >= 1, got dim " + std::to_string(dim) +
                   ", hidden " + std::to_string(hidden));
}

}  // namespace detail

/// Wide, bent, narrow again: c_proj(gelu(c_fc(x))), for each token alone.
///
/// Goal        The non-linear part of a block.
/// Background  The names and the tanh form of gelu are GPT-2's: a checkpoint of it fits as it is.
/// Examples    FeedForward(64, rng): [B, T, 64] -> [B, T, 256] -> [B, T, 64], 33,088 parameters
/// Cost        16 C^2 operations a token; keeps x and two tensors of 4 C numbers a token
/// In PyTorch  torch/nn/modules/transformer.py, _ff_block; openai/gpt-2, src/model.py, mlp
class FeedForward : public Module {
 public:
  using Options = FeedForwardOptions;

  FeedForward(Index dim, Rng& rng, Options options = {})
      : c_fc(child("c_fc", Linear(dim, width(dim, options), rng, {.bias = options.bias}))),
        c_proj(child("c_proj", Linear(width(dim, options), dim, rng, {.bias = options.bias}))),
        dropout(child("dropout", Dropout(options.dropout, rng))) {}

  Tensor forward(const Tensor& x) const override {  // [*, C] -> [*, C]
    // TODO(13.4): c_fc, gelu in its tanh form, c_proj, dropout.
    // HINT: how does 04_activations ask for the tanh form?
    // BEGIN SOLUTION 13.4
    return dropout(c_proj(gelu(c_fc(x), {.tanh_approximation = true})));
    // END SOLUTION 13.4
  }

  const Linear c_fc;    // C -> hidden
  const Linear c_proj;  // hidden -> C
  const Dropout dropout;

 private:
  static Index width(Index dim, const Options& options) {
    return detail::checked_hidden(dim, options.hidden == 0 ? 4 * dim : options.hidden,
                                  "FeedForward");
  }
};

}  // namespace tinytorch
