// Messages that a student of 12 meets most, word for word (01_messages.cpp says why).
#include <tinytorch/attention.hpp>

#include "tensor_close.hpp"

using namespace tinytorch;

TEST_CASE("messages of 12: queries, keys and heads that do not fit", "[12][regression]") {
  Rng rng(1);
  const Tensor q = zeros({2, 3, 4});
  CHECK_SHAPE(scaled_dot_product_attention(q, q, q), {2, 3, 4});
  CHECK_THROWS_WITH(
      scaled_dot_product_attention(q, zeros({2, 3, 5}), q),
      "scaled_dot_product_attention: expects queries [*, T, d] and keys [*, S, d], got [2, 3, 4] and [2, 3, 5]");
  CHECK_THROWS_WITH(
      scaled_dot_product_attention(q, zeros({2, 5, 4}), zeros({2, 6, 4})),
      "scaled_dot_product_attention: expects a value for each key, [*, 5, dv], got [2, 6, 4]");
  CHECK_THROWS_WITH(
      scaled_dot_product_attention(q, q, q, {.mask = zeros({4, 4})}),
      "scaled_dot_product_attention: expects a mask that broadcasts to the scores [2, 3, 3], got [4, 4]\n"
      "  hint: [T, S] for all, [B, 1, 1, S] by sequence");
  CHECK_THROWS_WITH(
      scaled_dot_product_attention(q, q, q, {.dropout = 0.5}),
      "scaled_dot_product_attention: expects dropout in [0, 1) and an rng to draw it, got 0.500000 and no rng");
  CHECK_THROWS_WITH(MultiHeadAttention(6, 4, rng),
                    "MultiHeadAttention: expects a dim that 4 heads can share equally, got 6");
  CHECK_THROWS_WITH(MultiHeadAttention(4, 2, rng)(zeros({2, 3, 6})),
                    "MultiHeadAttention: expects [B, T, 4], got [2, 3, 6]");
  CHECK_THROWS_WITH(split_heads(zeros({2, 3, 6}), 4),
                    "split_heads: expects [B, T, H * d] for H = 4, got [2, 3, 6]");
  CHECK_THROWS_WITH(padding_mask(index_tensor({1, 4}, {2}), 3),
                    "padding_mask: expects lengths in [0, 3], got 4 for sequence 1");
}

TEST_CASE("messages of 12: a cache that is full", "[12][regression]") {
  KVCache cache(2);
  const NoGrad no_grad;
  const Tensor k = zeros({1, 1, 2, 4});
  (void)cache.append(k, k);
  CHECK_THROWS_WITH(cache.append(k, k),
                    "KVCache: expects at most 2 tokens, got 2 more after 2\n"
                    "  hint: a larger capacity, or clear() and go on with fewer tokens");
}
