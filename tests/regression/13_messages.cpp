// Messages that a student of 13 meets most, word for word (01_messages.cpp says why).
#include <tinytorch/transformers.hpp>

#include "tensor_close.hpp"

using namespace tinytorch;

TEST_CASE("messages of 13: sizes and choices that are none", "[13][regression]") {
  Rng rng(1);
  CHECK_SHAPE(layer_norm(zeros({2, 4})), {2, 4});
  CHECK_THROWS_WITH(layer_norm(zeros({2, 4}), ones({3})), "layer_norm: expects [*, 3], got [2, 4]");
  CHECK_THROWS_WITH(LayerNorm(3)(zeros({2, 4})), "layer_norm: expects [*, 3], got [2, 4]");
  CHECK_THROWS_WITH(keep_top_k(zeros({4}), 0), "keep_top_k: expects k >= 1, got 0");
  CHECK_THROWS_WITH(keep_top_p(zeros({4}), 1.5), "keep_top_p: expects p in (0, 1], got 1.500000");
  CHECK_THROWS_WITH(keep_top_k(zeros({2, 4}), 1),
                    "keep_top_k: expects logits [V] with V >= 1, got [2, 4]");
  CHECK_THROWS_WITH(
      sample_next(zeros({4}), rng, {.temperature = -1}),
      "sample_next: expects temperature >= 0, top_k >= 0 and top_p in (0, 1], got temperature -1.000000, top_k 0, top_p 1.000000\n"
      "  hint: temperature 0 is greedy; top_k 0 and top_p 1 keep every token");
}

TEST_CASE("messages of 13: texts that the model cannot read", "[13][regression]") {
  Rng rng(1);
  const GPT model({.vocab_size = 7, .block_size = 4, .n_layer = 1, .n_head = 2, .n_embd = 4}, rng);
  CHECK_SHAPE(model(index_tensor({1, 2, 3}, {1, 3})), {1, 3, 7});
  CHECK_THROWS_WITH(model(index_tensor({1, 2, 3, 4, 5}, {1, 5})),
                    "GPT: expects at most 4 tokens (block_size), got 5");
  CHECK_THROWS_WITH(model(index_tensor({1, 9}, {1, 2})),
                    "embedding: expects ids in 0 .. 6, got 9 at [0, 1]\n"
                    "  hint: is it the tokenizer that the table was made for?");
  CHECK_THROWS_WITH(model(index_tensor({1, 2}, {2})),
                    "GPT: expects ids [B, T], got [2]\n"
                    "  hint: one text is [1, T]: ids.reshape({1, T})");
  CHECK_THROWS_WITH(model.generate(index_tensor({}, {1, 0}), 3, rng),
                    "generate: expects a prompt [T] or [B, T] of at least one token, got [1, 0]\n"
                    "  hint: begin with a token that separates texts, such as a newline");
  CHECK_THROWS_WITH(
      GPT({.vocab_size = 7, .block_size = 4, .n_layer = 1, .n_head = 3, .n_embd = 4}, rng),
      "GPTConfig: expects n_embd to be a multiple of n_head, got n_embd 4, n_head 3");
}
