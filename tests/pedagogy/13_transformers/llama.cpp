// The stretch track: RMSNorm, SwiGLU, and the Llama that is made of them.
#include <tinytorch/transformers.hpp>

#include "golden.hpp"
#include "tensor_close.hpp"

using namespace tinytorch;
using namespace tt_test;

namespace {

Tensor of(const Values& v) {
  return tensor(std::vector<real>(v.numbers.begin(), v.numbers.end()), v.shape);
}

/// The formula of tests/oracles/13_transformers.py; norms are around 1.
void fill(const Module& model, Index k) {
  const NoGrad no_grad;
  for (const auto& [name, p] : model.named_parameters()) {
    const real shift = name.find("norm") != name.npos ? 1 : 0;
    for (Index i = 0; i < p.numel(); ++i) {
      p.data()[i] = static_cast<real>((7 * i + 5 * k) % 11 - 5) / 16 + shift;
    }
    ++k;
  }
}

Llama small_llama() {
  Rng rng(1);
  const Llama model({.vocab_size = 7,
                     .block_size = 8,
                     .n_layer = 1,
                     .n_head = 4,
                     .n_kv_head = 2,
                     .n_embd = 8,
                     .n_hidden = 6},
                    rng);
  fill(model, 0);
  return model;
}

}  // namespace

TEST_CASE("rms_norm: the worked example", "[13.13][core]") {
  // the mean of 9 and 16 is 12.5
  CHECK_TENSOR(rms_norm(tensor({3, 4}, {2}), {}, {.eps = 0}), values({0.8485281, 1.1313708}, {2}));
  // eps inside the root: sqrt(12.5 + 12.5) = 5
  CHECK_TENSOR(rms_norm(tensor({3, 4}, {2}), {}, {.eps = 12.5}), values({0.6, 0.8}, {2}));
}

TEST_CASE("rms_norm: the formula in torch and a row of zeros", "[13.13][core]") {
  CHECK_TENSOR(rms_norm(of(golden::rms_x()), of(golden::ln_weight())), golden::rms_y());
  CHECK_TENSOR(rms_norm(zeros({1, 2})), values({0, 0}, {1, 2}));
  CHECK_THROWS_WITH(rms_norm(ones({2, 3}), ones({4})), contains("expects [*, 4], got [2, 3]"));
}

TEST_CASE("RMSNorm: a weight and no bias", "[13.13][core]") {
  const RMSNorm norm(4);
  CHECK(norm.parameter_count() == 4);
  CHECK_TENSOR_NEAR(norm(full({4}, 3)), values({1, 1, 1, 1}, {4}), 1e-4);
}

TEST_CASE("SwiGLU: the formula in torch", "[13.14][core]") {
  Rng rng(1);
  const SwiGLU layer(4, 3, rng);
  fill(layer, 1);
  CHECK_TENSOR(layer(of(golden::rms_x())), golden::swiglu_y());
}

TEST_CASE("SwiGLU: a closed gate lets nothing through", "[13.14][edge]") {
  Rng rng(2);
  const SwiGLU layer(4, 3, rng);
  {
    const NoGrad no_grad;
    Tensor gate = layer.w1.weight;
    gate.mul_(0);
  }
  CHECK_TENSOR(layer(ones({2, 4})), values({0, 0, 0, 0, 0, 0, 0, 0}, {2, 4}));
  CHECK(layer.parameter_count() == 36);
}

TEST_CASE("Llama: the logits of torch", "[13.13][13.14][core]") {
  const Llama model = small_llama();
  const Tensor logits = model(index_tensor({1, 2, 3, 4, 5, 6, 0, 6, 0, 6}, {2, 5}));
  CHECK_TENSOR_NEAR(logits, golden::llama_logits(), 1e-4);
}

TEST_CASE("Llama: the same text with and without the cache", "[13.14][13.13][property]") {
  const Llama model = small_llama();
  std::vector<std::vector<Index>> texts;
  for (const bool cache : {true, false}) {
    Rng rng(4);
    texts.push_back(
        model.generate(index_tensor({1, 2}, {2}), 9, rng, {.use_cache = cache}).to_vector());
  }
  CHECK(texts[0] == texts[1]);
}
