// GPT: names, initial values, counts, and the numbers of the whole machine.
#include <tinytorch/losses.hpp>
#include <tinytorch/transformers.hpp>

#include "golden.hpp"
#include "tensor_close.hpp"

using namespace tinytorch;
using namespace tt_test;

namespace {

const GPTConfig small = {.vocab_size = 7, .block_size = 6, .n_layer = 2, .n_head = 2, .n_embd = 4};

/// Every parameter by the formula of tests/oracles/13_transformers.py, in the order of the list.
void fill(const Module& model) {
  const NoGrad no_grad;
  Index k = 0;
  for (const Tensor& p : model.parameters()) {
    for (Index i = 0; i < p.numel(); ++i) {
      p.data()[i] = static_cast<real>((7 * i + 5 * k) % 11 - 5) / 16;
    }
    ++k;
  }
}

double spread(const Tensor& t) {
  double squares = 0;
  for (Index i = 0; i < t.numel(); ++i) squares += double(t.data()[i]) * double(t.data()[i]);
  return std::sqrt(squares / double(t.numel()));
}

}  // namespace

TEST_CASE("gpt_parameter_count: GPT-2 small has 124 million", "[13.6][core]") {
  CHECK(gpt_parameter_count({50257, 1024, 12, 12, 768}) == 124439808);  // as published
  // two layers, C = 1: (V 3 + block 2) + 2 * (12 + 13) + 2
  CHECK(gpt_parameter_count({3, 2, 2, 1, 1}) == 5 + 50 + 2);
}

TEST_CASE("gpt_parameter_count: the formula is the model's own count", "[13.6][property]") {
  for (const bool bias : {true, false}) {
    for (const bool tied : {true, false}) {
      GPTConfig config = {.vocab_size = 5, .block_size = 3, .n_layer = 1, .n_head = 2, .n_embd = 6};
      config.bias = bias;
      config.tied = tied;
      config.n_layer = bias ? 2 : 3;
      Rng rng(1);
      CHECK(GPT(config, rng).parameter_count() == gpt_parameter_count(config));
    }
  }
}

TEST_CASE("GPTConfig: says what cannot be", "[13.6][errors]") {
  CHECK(gpt_parameter_count({1, 1, 1, 1, 1}) == 2 + 25 + 2);
  CHECK_THROWS_WITH(gpt_parameter_count({7, 6, 2, 3, 4}), contains("n_embd 4, n_head 3"));
  CHECK_THROWS_WITH(gpt_parameter_count({}), contains("vocab_size >= 1, got 0"));
  Rng rng(1);
  CHECK_THROWS_WITH(GPT({7, 6, 0, 2, 4}, rng), contains("n_layer >= 1, got 0"));
}

TEST_CASE("initialize_gpt: what ends in the residual stream starts narrower", "[13.7][core]") {
  Rng rng(2);
  const GPT model({.vocab_size = 64, .block_size = 32, .n_layer = 8, .n_head = 2, .n_embd = 32},
                  rng);
  const TransformerBlock& block = model.transformer.h[1];
  const double narrow = 0.02 / 4;  // 2 * n_layer = 16
  CHECK(std::abs(spread(model.transformer.wte.weight) / 0.02 - 1) < 0.1);
  CHECK(std::abs(spread(model.transformer.wpe.weight) / 0.02 - 1) < 0.1);
  CHECK(std::abs(spread(block.attn.c_attn.weight) / 0.02 - 1) < 0.1);
  CHECK(std::abs(spread(block.mlp.c_fc.weight) / 0.02 - 1) < 0.1);
  CHECK(std::abs(spread(block.attn.c_proj.weight) / narrow - 1) < 0.1);
  CHECK(std::abs(spread(block.mlp.c_proj.weight) / narrow - 1) < 0.1);
}

TEST_CASE("initialize_gpt: biases 0, norms 1 and 0", "[13.7][core]") {
  Rng rng(2);
  const GPT model(small, rng);
  for (const auto& [name, tensor] : model.named_parameters()) {
    const bool one = name.find("ln_") != name.npos && name.ends_with("weight");
    if (!one && !name.ends_with("bias")) continue;
    INFO(name);
    const double expected = one ? 1 : 0;
    for (Index i = 0; i < tensor.numel(); ++i) CHECK(double(tensor.data()[i]) == expected);
  }
}

TEST_CASE("initialize_gpt: the output's own table is as the input's", "[13.7][edge]") {
  GPTConfig config = small;
  config.vocab_size = 100;
  config.tied = false;
  Rng rng(3);
  const GPT model(config, rng);
  CHECK(std::abs(spread(model.lm_head.weight) / 0.02 - 1) < 0.15);
  CHECK_FALSE(model.lm_head.weight.shares_storage_with(model.transformer.wte.weight));
}

TEST_CASE("GPT: an untrained one finds every token as likely as the others", "[13.7][core]") {
  Rng rng(4);
  const GPT model({.vocab_size = 50, .block_size = 8, .n_layer = 2, .n_head = 2, .n_embd = 16},
                  rng);
  const IndexTensor ids = index_tensor({1, 20, 30, 4, 49, 0, 7, 8}, {1, 8});
  // of other tokens than those that it reads: it knows these by the tied table
  const IndexTensor others = index_tensor({2, 21, 31, 5, 40, 9, 10, 11}, {8});
  const Tensor loss = cross_entropy(model(ids).reshape({8, 50}), others);
  CHECK(std::abs(double(loss.item()) - std::log(50.0)) < 0.05);
}

TEST_CASE("GPT: GPT-2's names and tied weights listed once", "[13.8][core]") {
  Rng rng(5);
  const GPT model(small, rng);
  std::string names;
  for (const auto& [name, tensor] : model.named_parameters()) names += name + " ";
  CHECK(names.find("transformer.wte.weight transformer.wpe.weight transformer.h.0.ln_1.weight "
                   "transformer.h.0.ln_1.bias transformer.h.0.attn.c_attn.weight") == 0);
  CHECK(names.find("transformer.h.1.mlp.c_proj.bias transformer.ln_f.weight "
                   "transformer.ln_f.bias ") != names.npos);
  CHECK(names.find("lm_head") == names.npos);
  CHECK(model.lm_head.weight.shares_storage_with(model.transformer.wte.weight));
  CHECK_SHAPE(model(index_tensor({1, 2, 3}, {1, 3})), {1, 3, 7});
}

TEST_CASE("GPT: PyTorch's logits and loss", "[13.8][core]") {
  Rng rng(6);
  const GPT model(small, rng);
  fill(model);
  const IndexTensor ids = index_tensor({1, 2, 3, 4, 5, 6, 0, 6, 0, 6}, {2, 5});
  const Tensor logits = model(ids);
  CHECK_TENSOR_NEAR(logits, golden::gpt_logits(), 1e-4);
  const Tensor loss =
      cross_entropy(logits.reshape({10, 7}), index_tensor({2, 3, 4, 5, 6, 0, 6, 0, 6, 0}, {10}));
  CHECK_TENSOR_NEAR(loss, golden::gpt_loss(), 1e-4);
}

TEST_CASE("GPT: PyTorch's gradients and both uses of the tied table", "[13.8][core]") {
  Rng rng(6);
  const GPT model(small, rng);
  fill(model);
  const Tensor logits = model(index_tensor({1, 2, 3, 4, 5, 6, 0, 6, 0, 6}, {2, 5}));
  cross_entropy(logits.reshape({10, 7}), index_tensor({2, 3, 4, 5, 6, 0, 6, 0, 6, 0}, {10}))
      .backward();
  CHECK_TENSOR_NEAR(model.transformer.wte.weight.grad(), golden::gpt_dwte(), 1e-4);
  CHECK_TENSOR_NEAR(model.transformer.wpe.weight.grad(), golden::gpt_dwpe(), 1e-4);
  CHECK_TENSOR_NEAR(model.transformer.h[0].attn.c_attn.bias.grad(), golden::gpt_dattn(), 1e-4);
}

TEST_CASE("GPT: changing a token changes nothing before it", "[13.8][property]") {
  Rng rng(7);
  const GPT model(small, rng);
  {
    const NoGrad no_grad;
    for (Tensor p : model.parameters()) p.mul_(20);
  }
  const Tensor a = model(index_tensor({1, 2, 3, 4, 5}, {1, 5}));
  const Tensor b = model(index_tensor({1, 2, 3, 0, 5}, {1, 5}));
  CHECK_TENSOR(b.slice(1, 0, 3), read(a.slice(1, 0, 3)));
  CHECK(double(sum(abs(b.slice(1, 4, 5) - a.slice(1, 4, 5))).item()) > 1e-3);
}

TEST_CASE("GPT: dropout of the embeddings is on in training only", "[13.8][edge]") {
  GPTConfig config = small;
  config.dropout = 0.5;
  Rng rng(8);
  const GPT model(config, rng);
  const IndexTensor ids = index_tensor({1, 2, 3}, {1, 3});
  CHECK(double(sum(abs(model(ids) - model(ids))).item()) > 1e-6);
  model.eval();
  CHECK_TENSOR(model(ids), read(model(ids)));
}

TEST_CASE("GPT: pieces through the caches give the whole", "[13.8][property]") {
  Rng rng(9);
  const GPT model(small, rng);
  fill(model);
  const NoGrad no_grad;
  const Tensor whole = model(index_tensor({1, 2, 3, 4, 5, 6, 0, 6, 0, 6}, {2, 5}));
  Caches caches = model.make_caches();
  const Tensor first = model.forward(index_tensor({1, 2, 6, 0}, {2, 2}), caches);
  const Tensor second = model.forward(index_tensor({3, 6}, {2, 1}), caches);
  const Tensor third = model.forward(index_tensor({4, 5, 0, 6}, {2, 2}), caches);
  CHECK_TENSOR(cat({first, second, third}, 1), read(whole));
}

TEST_CASE("GPT: refuses ids that do not fit", "[13.8][errors]") {
  Rng rng(10);
  const GPT model(small, rng);
  CHECK_SHAPE(model(index_tensor({1, 2, 3, 4, 5, 6}, {1, 6})), {1, 6, 7});
  CHECK_THROWS_WITH(model(index_tensor({1, 2, 3, 4, 5, 6, 0}, {1, 7})),
                    contains("GPT: expects at most 6 tokens (block_size), got 7"));
  CHECK_THROWS_WITH(model(index_tensor({1, 2, 3}, {3})), contains("expects ids [B, T], got [3]"));
  CHECK_THROWS_AS(model(index_tensor({1, 7}, {1, 2})), IndexError);
  const NoGrad no_grad;
  Caches none;
  CHECK_THROWS_WITH(model.forward(index_tensor({1}, {1, 1}), none), contains("make_caches"));
}
