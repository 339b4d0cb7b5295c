// Layer norm, a whole block and what sampling keeps, as PyTorch computes them: tests/oracles/13_blocks.py. What is a
// challenge, RMSNorm and SwiGLU, is compared in tests/pedagogy/13_transformers/llama_gradients.cpp.
#include <tinytorch/transformers.hpp>

#include "13_oracle.hpp"
#include "oracle_gradients.hpp"

using namespace tinytorch;
using namespace tt_test;

TEST_CASE("oracle of 13: layer_norm, with and without weights", "[13][gradient]") {
  check_golden(oracle::layer_norm(),
               [](Inputs x) { return layer_norm(x[0] * 3 + 2, x[1], x[2], {.eps = 1e-3}); },
               {waves(1, {2, 3, 4}), waves(50, {4}), waves(60, {4})});
  check_golden(oracle::layer_norm_plain(), [](Inputs x) { return layer_norm(x[0]); },
               {waves(1, {2, 3, 4})});
}

TEST_CASE("oracle of 13: a pre-norm block, gradients of all parameters", "[13][gradient]") {
  Rng rng(1);
  const TransformerBlock block(4, 2, rng);
  std::vector<Tensor> leaves = block.parameters();
  for (std::size_t i = 0; i < leaves.size(); ++i) {
    const NoGrad no_grad;
    leaves[i].copy_(waves(100 * int(i), leaves[i].shape()));
  }
  leaves.push_back(waves(1, {2, 3, 4}).set_requires_grad(true));
  const Tensor y = block(leaves.back());
  check_golden(oracle::block(), y);
  check_gradients(oracle::block(), grad(sum(y * cosines(y)), leaves));
}

TEST_CASE("oracle of 13: the likeliest three, and the likeliest that make up p", "[13][gradient]") {
  const Tensor logits = waves(3, {8}) * 2;
  check_golden(oracle::top_3(), keep_top_k(logits, 3));
  check_golden(oracle::top_p_30(), keep_top_p(logits, 0.3));
  check_golden(oracle::top_p_60(), keep_top_p(logits, 0.6));
  check_golden(oracle::top_p_95(), keep_top_p(logits, 0.95));
}
