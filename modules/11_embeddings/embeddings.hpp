// 11_embeddings / embeddings.hpp: numbers to meaning: a learned vector for each token, and where it
// stands.
//
// You build:    a look-up whose gradient goes back to the rows that were read, positions as waves,
//               positions that are learned; as a challenge, positions as rotations
// You need:     01_tensor, 02_ops, 03_autograd, 05_layers
// Used by:      12_attention, 13_transformers; milestones M5 and M6
// Not here:     how ids come from text (10_tokenization); what tokens do with each other
// (12_attention)
// Legend:       V rows of the table (the vocabulary), C numbers a token, B in a batch, T tokens
//
// The module in reading order:
//   embedding.hpp   embedding, one_hot, class Embedding
//   positions.hpp   sinusoidal_positions, PositionalEncoding, LearnedPositions
//   rope.hpp        apply_rope (stretch)
//
//   const Embedding tokens(512, 64, rng);
//   const LearnedPositions places(128, 64, rng);
//   places(tokens(ids))                               ids [B, T] -> [B, T, 64]
#pragma once
#include <tinytorch/embeddings/embedding.hpp>
#include <tinytorch/embeddings/positions.hpp>
#include <tinytorch/embeddings/rope.hpp>
