// Attention behind masks with the gradients of all that it reads, as PyTorch computes them: tests/oracles/12_masks.py.
#include <tinytorch/attention.hpp>

#include "12_oracle.hpp"
#include "oracle_gradients.hpp"

using namespace tinytorch;
using namespace tt_test;

namespace {

std::vector<Tensor> operands() {
  return {waves(1, {2, 2, 3, 3}), waves(100, {2, 2, 4, 3}), waves(200, {2, 2, 4, 2})};
}

Tensor padding() { return padding_mask(index_tensor({3, 1}, {2}), 4); }

}  // namespace

TEST_CASE("oracle of 12: attention that hides padding, and the future as well", "[12][gradient]") {
  for (const bool causal : {false, true}) {
    check_golden(
        causal ? oracle::attention_padded_and_causal() : oracle::attention_padded(),
        [&](Inputs x) {
          return scaled_dot_product_attention(x[0], x[1], x[2],
                                              {.mask = padding(), .causal = causal});
        },
        operands());
  }
}

TEST_CASE("oracle of 12: attention with a mask that learns", "[12][gradient]") {
  std::vector<Tensor> all = operands();
  all.push_back(waves(300, {2, 1, 3, 4}));
  check_golden(
      oracle::attention_biased(),
      [](Inputs x) { return scaled_dot_product_attention(x[0], x[1], x[2], {.mask = x[3]}); },
      std::move(all));
}

TEST_CASE("oracle of 12: the layer behind both masks, gradients of all parameters",
          "[12][gradient]") {
  Rng rng(1);
  const MultiHeadAttention layer(4, 2, rng, {.causal = true});
  std::vector<Tensor> leaves = layer.parameters();
  for (std::size_t i = 0; i < leaves.size(); ++i) {
    const NoGrad no_grad;
    leaves[i].copy_(waves(100 * int(i), leaves[i].shape()));
  }
  leaves.push_back(waves(800, {2, 4, 4}).set_requires_grad(true));
  const Tensor y = layer(leaves.back(), padding());
  check_golden(oracle::layer_padded_and_causal(), y);
  check_gradients(oracle::layer_padded_and_causal(), grad(sum(y * cosines(y)), leaves));
}
