// 12_attention / attention.hpp: every token looks back.
//
// You build:    attention as a soft look-up, masks, heads as views, a cache for one token at a time;
//               as challenges, heads that share keys, and attention without the T by T matrix
// You need:     01_tensor, 02_ops, 03_autograd, 04_activations, 05_layers, 11_embeddings (rotations)
// Used by:      13_transformers; milestones M5 and M6
// Not here:     the block around it, and generating text (13_transformers)
// Legend:       B batch, T queries (tokens that look), S keys (tokens that are looked at), C numbers
//               a token, H heads, d = C / H numbers a head; * any leading axes
//
// The module in reading order:
//   masks.hpp               who may see whom: causal_mask, padding_mask
//   scaled_dot_product.hpp  attention_weights, scaled_dot_product_attention
//   heads.hpp               split_heads, join_heads: H small attentions side by side
//   kv_cache.hpp            class KVCache: what earlier tokens left for later ones
//   grouped.hpp             attend_in_groups: several heads share keys and values (stretch)
//   multi_head.hpp          class MultiHeadAttention
//   tiled.hpp               tiled_attention: the same numbers without T * S memory (stretch)
//
//   const MultiHeadAttention attention(64, 4, rng, {.causal = true});
//   attention(x)                                      x [B, T, 64] -> [B, T, 64]
#pragma once
#include <tinytorch/attention/grouped.hpp>
#include <tinytorch/attention/heads.hpp>
#include <tinytorch/attention/kv_cache.hpp>
#include <tinytorch/attention/masks.hpp>
#include <tinytorch/attention/multi_head.hpp>
#include <tinytorch/attention/scaled_dot_product.hpp>
#include <tinytorch/attention/tiled.hpp>
