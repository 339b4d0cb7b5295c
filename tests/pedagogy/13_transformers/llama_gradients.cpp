// What Llama does differently, with gradients as PyTorch computes them: tests/oracles/13_blocks.py.
#include <tinytorch/transformers.hpp>

#include "../../regression/13_oracle.hpp"
#include "oracle_gradients.hpp"

using namespace tinytorch;
using namespace tt_test;

TEST_CASE("rms_norm: value and gradients as in PyTorch", "[13.13][gradient]") {
  check_golden(oracle::rms_norm(), [](Inputs x) { return rms_norm(x[0], x[1], {.eps = 1e-3}); },
               {waves(1, {2, 3, 4}), waves(50, {4})});
}

TEST_CASE("SwiGLU: value and gradients as in PyTorch", "[13.14][gradient]") {
  Rng rng(1);
  const SwiGLU layer(4, 6, rng);
  std::vector<Tensor> leaves = {waves(1, {2, 3, 4}).set_requires_grad(true)};
  for (const Linear* part : {&layer.w1, &layer.w2, &layer.w3}) leaves.push_back(part->weight);
  for (std::size_t i = 1; i < 4; ++i) {
    const NoGrad no_grad;
    leaves[i].copy_(waves(100 * int(i), leaves[i].shape()));
  }
  const Tensor y = layer(leaves[0]);
  check_golden(oracle::swiglu(), y);
  check_gradients(oracle::swiglu(), grad(sum(y * cosines(y)), leaves));
}
