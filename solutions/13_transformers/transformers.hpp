// 13_transformers / transformers.hpp: the machine that talks.
//
// You build:    layer normalisation with its true gradient, the feed-forward layer, the block, GPT
//               with its parameter count and initial values, sampling, generate; as a challenge
//               RMSNorm and SwiGLU, the new parts of Llama
// You need:     01 to 05, 11_embeddings, 12_attention
// Used by:      14_training; milestones M5 and M6
// Not here:     how ids come from text (10), the training loop and checkpoints (14)
// Legend:       B texts, T tokens, C numbers a token (n_embd), V tokens in the vocabulary, N
//               parameters
//
// The module in reading order:
//   layer_norm.hpp      layer_norm, class LayerNorm
//   feed_forward.hpp    class FeedForward
//   block.hpp           class TransformerBlock
//   sampling.hpp        top-k, top-p, sample_next
//   language_model.hpp  generate: one token after another, with the cache of 12_attention
//   gpt.hpp             GPTConfig, initial values, class GPT
//   rms_norm.hpp, swiglu.hpp, llama.hpp   Llama (stretch)
#pragma once
#include <tinytorch/transformers/block.hpp>
#include <tinytorch/transformers/feed_forward.hpp>
#include <tinytorch/transformers/gpt.hpp>
#include <tinytorch/transformers/language_model.hpp>
#include <tinytorch/transformers/layer_norm.hpp>
#include <tinytorch/transformers/llama.hpp>
#include <tinytorch/transformers/rms_norm.hpp>
#include <tinytorch/transformers/sampling.hpp>
#include <tinytorch/transformers/swiglu.hpp>
