// A transformer's output [B, T, C] went into a linear layer whose matmul took two axes only, and TinyGPT stopped with
// "matmul requires 2D tensors". harvard-edge/cs249r_book, tinytorch/tests/regression/test_transformer_reshaping.py,
// BUG-2024-11-25-002.
//
// Here: the matmul below such a layer. The layer itself joins in 05_layers, the transformer in 13_transformers.
#include <cmath>

#include "tensor_close.hpp"

#include <tinytorch/ops.hpp>

using namespace tinytorch;
using namespace tt_test;

namespace {

/// Element [b, t, v] of x w, summed in double.
double logit_by_hand(const Tensor& x, const Tensor& w, Index b, Index t, Index v) {
  double total = 0;
  for (Index c = 0; c < x.size(2); ++c) total += double(x.at({b, t, c})) * double(w.at({c, v}));
  return total;
}

}  // namespace

TEST_CASE("3-D into linear: every token of every sequence gets its own logits",
          "[02.18][regression]") {
  Rng rng(11);
  const Tensor hidden = randn({2, 10, 128}, rng);  // [B, T, C]
  const Tensor weight = randn({128, 1000}, rng);   // [C, V]
  const Tensor logits = matmul(hidden, weight);    // [B, T, V]
  CHECK_SHAPE(logits, {2, 10, 1000});
  for (const Shape& index :
       {Shape{0, 0, 0}, Shape{0, 9, 999}, Shape{1, 0, 1}, Shape{1, 4, 517}, Shape{1, 9, 998}}) {
    const double expected = logit_by_hand(hidden, weight, index[0], index[1], index[2]);
    INFO("logit " << index << " is " << logits.at(index) << ", by hand " << expected);
    CHECK(std::abs(double(logits.at(index)) - expected) < 1e-4);
  }
}

TEST_CASE("3-D into linear: a permuted input is not read in the order of memory",
          "[02.18][regression]") {
  const Tensor x = arange(12).reshape({3, 2, 2}).permute({1, 0, 2});  // [B = 2, T = 3, C = 2]
  const Tensor w = tensor({1, 100}, {2, 1});
  // x[b, t] is [4 t + 2 b, 4 t + 2 b + 1], so the result is 4 t + 2 b + 100 (4 t + 2 b + 1).
  CHECK_TENSOR(matmul(x, w), values({100, 504, 908, 302, 706, 1110}, {2, 3, 1}));
}

TEST_CASE("3-D into linear: a mismatch shows the shapes as they were given and the cause",
          "[02.16][regression]") {
  const Tensor hidden = zeros({2, 10, 128}), weight = zeros({100, 1000});
  CHECK_THROWS_AS(matmul(hidden, weight), ShapeError);
  CHECK_THROWS_WITH(
      matmul(hidden, weight),
      contains("matmul: expects [*, M, K] x [*, K, N], got [2, 10, 128] x [100, 1000]\n"));
  CHECK_THROWS_WITH(matmul(hidden, weight), contains("\n  the inner sizes 128 and 100 differ"));
}
