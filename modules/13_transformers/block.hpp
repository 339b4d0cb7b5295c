// 13_transformers / block.hpp: the brick that a transformer is a stack of.
//
//   x ---+---- ln_1 - attn ----+---+---- ln_2 - mlp ----+--- y
//        '--------------------'    '-------------------'
// The line below is the residual stream: it runs from the first block to the last, and what a layer
// computes is added to it.
#pragma once
#include <tinytorch/attention.hpp>
#include <tinytorch/transformers/feed_forward.hpp>
#include <tinytorch/transformers/layer_norm.hpp>

namespace tinytorch {

struct TransformerBlockOptions {
  bool causal = true;
  bool bias = true;
  double dropout = 0;
};

/// Listen, then think, and add both to what was there: [B, T, C] -> [B, T, C].
///
/// Background  The norms stand in front of the layers ("pre-norm", as in GPT-2), not behind the sum
///             as in 2017: so there is a way from the last block to the first on which nothing is
///             multiplied, and a gradient comes through a hundred blocks. What leaves the last
///             block was never normalised; the model does that once, with ln_f.
/// Examples    TransformerBlock(64, 4, rng): 49,984 parameters
/// Cost        24 C^2 operations a token, and 4 T C for looking at T others
/// In PyTorch  torch/nn/modules/transformer.py, TransformerEncoderLayer(norm_first = True);
///             openai/gpt-2, src/model.py, block
class TransformerBlock : public Module {
 public:
  using Options = TransformerBlockOptions;

  TransformerBlock(Index dim, Index heads, Rng& rng, Options options = {})
      : ln_1(child("ln_1", LayerNorm(dim, {.bias = options.bias}))),
        attn(child("attn", MultiHeadAttention(dim, heads, rng,
                                              {.causal = options.causal,
                                               .bias = options.bias,
                                               .dropout = options.dropout}))),
        ln_2(child("ln_2", LayerNorm(dim, {.bias = options.bias}))),
        mlp(child("mlp",
                  FeedForward(dim, rng, {.dropout = options.dropout, .bias = options.bias}))),
        dropout(child("dropout", Dropout(options.dropout, rng))) {}

  using Module::operator();
  Tensor forward(const Tensor& x) const override { return forward(x, nullptr); }

  /// With the keys and values of the tokens before, if there is a cache.
  Tensor forward(const Tensor& x, KVCache* cache) const {  // [B, T, C] -> [B, T, C]
    const auto attend = [&](const Tensor& tokens) {
      return dropout(attn.attend(tokens, {.cache = cache}));
    };
    // TODO(13.5): the picture above: attend is attn with its dropout; two sums.
    // HINT: what is added to: the stream itself, or its normalised form?
    todo("13.5", "transformer_block");
  }

  const LayerNorm ln_1;
  const MultiHeadAttention attn;
  const LayerNorm ln_2;
  const FeedForward mlp;
  const Dropout dropout;  // of what attention adds; mlp has its own
};

}  // namespace tinytorch
