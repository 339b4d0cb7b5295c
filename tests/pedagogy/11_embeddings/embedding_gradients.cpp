// Derivatives of everything in this module against finite differences, in double numbers.
#include <tinytorch/embeddings.hpp>

#include "gradients.hpp"
#include "tensor_close.hpp"

using namespace tinytorch;
using namespace tt_test;

namespace {

Tensor some(const Shape& shape, std::uint64_t seed) {
  Rng rng(seed);
  return randn(shape, rng);
}

const IndexTensor repeated = index_tensor({4, 0, 2, 0, 4, 4}, {2, 3});

}  // namespace

TEST_CASE("embedding: gradient of the table", "[11.5][gradient]") {
  CHECK_GRADIENTS([](const Tensor& w) { return embedding(w, repeated); }, {some({5, 3}, 1)});
  CHECK_GRADIENTS([](const Tensor& w) { return pow(embedding(w, index_tensor({1}, {})), 3); },
                  {some({2, 4}, 2)});
}

TEST_CASE("scatter-add: gradient of what is added", "[11.6][gradient]") {
  CHECK_GRADIENTS([](const Tensor& g) { return apply(EmbeddingGrad(repeated, 5, -1), {g}); },
                  {some({2, 3, 3}, 3)});
  CHECK_GRADIENTS([](const Tensor& g) { return apply(EmbeddingGrad(repeated, 5, 4), {g}); },
                  {some({2, 3, 2}, 4)});
}

TEST_CASE("positions: gradients of tokens and of learned places", "[11.8][gradient]") {
  CHECK_GRADIENTS([](const Tensor& x,
                     const Tensor& table) { return detail::add_positions(x, table, 1, "a test"); },
                  {some({2, 3, 4}, 6), some({5, 4}, 7)});
}

TEST_CASE("rope: gradient is the rotation back", "[11.10][gradient]") {
  CHECK_GRADIENTS([](const Tensor& x) { return apply_rope(x); }, {some({2, 3, 4}, 8)});
  CHECK_GRADIENTS([](const Tensor& x) { return apply_rope(x, {.base = 7, .offset = 5}); },
                  {some({3, 2, 2, 6}, 9)});
}

TEST_CASE("rope: the rule of a rotation back turns forward", "[11.10][gradient]") {
  CHECK_GRADIENTS([](const Tensor& x) { return apply(Rope({.base = 3}, -1), {x}); },
                  {some({3, 4}, 10)});
}
