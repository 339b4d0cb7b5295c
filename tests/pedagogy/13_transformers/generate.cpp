// generate: one token after another, with a cache and without, past the end of the window.
#include <tinytorch/transformers.hpp>

#include "tensor_close.hpp"

using namespace tinytorch;
using namespace tt_test;

namespace {

GPT small_gpt(double dropout = 0) {
  Rng rng(21);
  const GPT model({.vocab_size = 11,
                   .block_size = 6,
                   .n_layer = 2,
                   .n_head = 2,
                   .n_embd = 8,
                   .dropout = dropout},
                  rng);
  const NoGrad no_grad;
  for (Tensor p : model.parameters()) p.mul_(12);  // otherwise it says almost the same everywhere
  return model;
}

/// A model for which the next token is the one after the last: no weights, no caches.
class Counting : public LanguageModel {
 public:
  Index block_size() const override { return 4; }
  Index n_layer() const override { return 1; }
  mutable std::vector<Index> lengths;  // of what it was asked

 protected:
  Tensor logits(const IndexTensor& ids, Caches*) const override {
    check_ids(ids, 0, "Counting");
    lengths.push_back(ids.size(1));
    Tensor scores = zeros({ids.size(0), ids.size(1), 10});
    for (Index b = 0; b < ids.size(0); ++b) {
      for (Index t = 0; t < ids.size(1); ++t) scores.set({b, t, (ids.at({b, t}) + 1) % 10}, 5);
    }
    return scores;
  }
};

/// Greedy, without generate: the whole window for each token.
std::vector<Index> slow_greedy(const GPT& model, std::vector<Index> text, Index n) {
  const NoGrad no_grad;
  for (Index i = 0; i < n; ++i) {
    const Index length = std::min<Index>(Index(text.size()), model.block_size());
    const std::vector<Index> window(text.end() - length, text.end());
    const Tensor scores = model(IndexTensor(window, {1, length}));
    Index best = 0;
    for (Index v = 1; v < scores.size(2); ++v) {
      if (scores.at({0, length - 1, v}) > scores.at({0, length - 1, best})) best = v;
    }
    text.push_back(best);
  }
  return text;
}

}  // namespace

TEST_CASE("generate: prompt and n more with the rank of the prompt", "[13.12][core]") {
  const Counting model;
  Rng rng(1);
  const GenerateOptions greedy = {.temperature = 0, .use_cache = false};
  const IndexTensor one = model.generate(index_tensor({3, 7}, {2}), 3, rng, greedy);
  CHECK(one.shape() == Shape{5});
  CHECK(one.to_vector() == std::vector<Index>{3, 7, 8, 9, 0});
  const IndexTensor two = model.generate(index_tensor({3, 7, 1, 4}, {2, 2}), 1, rng, greedy);
  CHECK(two.shape() == Shape{2, 3});
  CHECK(two.to_vector() == std::vector<Index>{3, 7, 8, 1, 4, 5});
  CHECK(model.generate(index_tensor({3}, {1}), 0, rng).to_vector() == std::vector<Index>{3});
}

TEST_CASE("generate: without a cache the window grows to block_size and slides",
          "[13.12][systems]") {
  const Counting model;
  Rng rng(1);
  (void)model.generate(index_tensor({0, 1}, {2}), 4, rng, {.temperature = 0, .use_cache = false});
  CHECK(model.lengths == std::vector<Index>{2, 3, 4, 4});
}

TEST_CASE("generate: with a cache one token at a time until the window slides",
          "[13.12][systems]") {
  const Counting model;
  Rng rng(1);
  (void)model.generate(index_tensor({0, 1}, {2}), 5, rng, {.temperature = 0});
  // 2 of the prompt, 1 more each, and from the fifth on the whole window, computed anew
  CHECK(model.lengths == std::vector<Index>{2, 1, 1, 4, 4});
}

TEST_CASE("generate: the same text with and without the cache", "[13.12][property]") {
  const GPT model = small_gpt();
  for (const Index length : {1, 4, 6, 9}) {  // 9 is longer than block_size
    std::vector<Index> ids;
    for (Index i = 0; i < length; ++i) ids.push_back((3 * i + 1) % 11);
    const std::vector<Index> expected = slow_greedy(model, ids, 12);
    Rng rng(1);
    for (const bool cache : {true, false}) {
      const IndexTensor text = model.generate(IndexTensor(ids, {length}), 12, rng,
                                              {.temperature = 0, .use_cache = cache});
      CHECK(text.to_vector() == expected);
    }
  }
}

TEST_CASE("generate: the same draws with and without the cache and for the same seed",
          "[13.12][property]") {
  const GPT model = small_gpt();
  const IndexTensor prompt = index_tensor({1, 2, 3, 4, 5, 6}, {3, 2});
  std::vector<std::vector<Index>> texts;
  for (const std::uint64_t seed : {5, 5, 6}) {
    Rng rng(seed);
    GenerateOptions options = {.temperature = 0.9, .top_k = 8};
    options.use_cache = texts.empty();
    texts.push_back(model.generate(prompt, 8, rng, options).to_vector());
  }
  CHECK(texts[0] == texts[1]);
  CHECK(texts[0] != texts[2]);
}

TEST_CASE("generate: each row of a batch goes its own way", "[13.12][property]") {
  const GPT model = small_gpt();
  Rng rng(1);
  const IndexTensor both =
      model.generate(index_tensor({1, 2, 9, 5}, {2, 2}), 6, rng, {.temperature = 0});
  std::vector<Index> expected = slow_greedy(model, {1, 2}, 6);
  const std::vector<Index> second = slow_greedy(model, {9, 5}, 6);
  expected.insert(expected.end(), second.begin(), second.end());
  CHECK(both.to_vector() == expected);
}

TEST_CASE("generate: no graph, no dropout, and training goes on afterwards", "[13.12][edge]") {
  const GPT model = small_gpt(0.5);
  Rng rng(1);
  const Index nodes = graph_node_count();
  const std::vector<Index> text =
      model.generate(index_tensor({1, 2}, {2}), 5, rng, {.temperature = 0}).to_vector();
  CHECK(graph_node_count() == nodes);
  CHECK(model.is_training());
  CHECK(model.transformer.h[0].mlp.dropout.is_training());
  model.eval();
  CHECK(text == slow_greedy(model, {1, 2}, 5));
  (void)model.generate(index_tensor({1, 2}, {2}), 1, rng);
  CHECK_FALSE(model.is_training());
}

TEST_CASE("generate: says what it expects", "[13.12][errors]") {
  const Counting model;
  Rng rng(1);
  (void)model.generate(index_tensor({1}, {1}), 1, rng);
  CHECK_THROWS_WITH(model.generate(IndexTensor({}, {0}), 1, rng), contains("at least one token"));
  CHECK_THROWS_WITH(model.generate(index_tensor({1}, {1, 1, 1}), 1, rng),
                    contains("expects a prompt [T] or [B, T]"));
  CHECK_THROWS_AS(model.generate(index_tensor({1}, {1}), -1, rng), ValueError);
  CHECK_THROWS_AS(model.generate(index_tensor({1}, {1}), 1, rng, {.top_p = 0}), ValueError);
}

TEST_CASE("generate: the cache saves operations, counted", "[13.12][systems]") {
  Rng rng(3);
  const GPT model({.vocab_size = 8, .block_size = 32, .n_layer = 1, .n_head = 1, .n_embd = 16},
                  rng);
  Index flops[2];
  for (const bool cache : {false, true}) {
    FlopCounter counter;
    (void)model.generate(index_tensor({1}, {1}), 20, rng, {.temperature = 0, .use_cache = cache});
    flops[cache ? 1 : 0] = counter.of("matmul");
  }
  CHECK(flops[0] > 9 * flops[1]);  // 1 + 2 + ... + 20 = 210 tokens instead of 20
}
