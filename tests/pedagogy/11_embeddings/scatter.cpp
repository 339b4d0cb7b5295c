// The way back of a look-up: rows of gradient, added to the rows of the table that they came from.
#include <tinytorch/embeddings/embedding.hpp>

#include "golden.hpp"
#include "tensor_close.hpp"

using namespace tinytorch;
using namespace tt_test;

namespace {

Tensor scattered(const Tensor& g, const IndexTensor& ids, Index rows, Index padding = -1) {
  return apply(EmbeddingGrad(ids, rows, padding), {g});
}

Tensor sines(const Shape& shape, double (*f)(double)) {
  const Tensor t = empty(shape);
  for (Index i = 0; i < t.numel(); ++i) t.data()[i] = static_cast<real>(f(double(i)));
  return t;
}

/// First and second derivatives of sum(embedding^3 * c), as tests/oracles/11_embeddings.py has it.
void check_against_pytorch(EmbeddingOptions options, const double (&first)[15],
                           const double (&second)[15]) {
  Tensor weight = sines({5, 3}, [](double x) { return std::sin(x); });
  weight.set_requires_grad(true);
  const Tensor y = embedding(weight, index_tensor({4, 0, 2, 0, 4, 4}, {2, 3}), options);
  const Tensor c = sines({2, 3, 3}, [](double x) { return std::cos(x); });
  const Tensor g = grad(sum(pow(y, 3) * c), {weight}, true)[0];
  CHECK_TENSOR(g, values({std::begin(first), std::end(first)}, {5, 3}));
  CHECK_TENSOR(grad(sum(g * g), {weight})[0],
               values({std::begin(second), std::end(second)}, {5, 3}));
}

}  // namespace

TEST_CASE("scatter-add: the worked example", "[11.4][core]") {
  const Tensor g = tensor({1, 2, 3, 4, 5, 6}, {3, 2});
  CHECK_TENSOR(scattered(g, index_tensor({2, 0, 2}, {3}), 3), values({3, 4, 0, 0, 6, 8}, {3, 2}));
}

TEST_CASE("scatter-add: every row of a batch", "[11.4][core]") {
  const Tensor g = ones({2, 3, 2});
  CHECK_TENSOR(scattered(g, index_tensor({1, 1, 0, 1, 3, 1}, {2, 3}), 4),
               values({1, 1, 4, 4, 0, 0, 1, 1}, {4, 2}));
}

TEST_CASE("scatter-add: gradients that are views", "[11.4][edge]") {
  const Tensor turned = tensor({1, 3, 5, 2, 4, 6}, {2, 3}).transpose(0, 1);  // [[1,2],[3,4],[5,6]]
  CHECK_TENSOR(scattered(turned, index_tensor({1, 1, 0}, {3}), 2), values({5, 6, 4, 6}, {2, 2}));
  const Tensor repeated = tensor({7, 8}, {1, 2}).expand({3, 2});
  CHECK_TENSOR(scattered(repeated, index_tensor({0, 0, 0}, {3}), 1), values({21, 24}, {1, 2}));
}

TEST_CASE("scatter-add: a single id and no ids", "[11.4][edge]") {
  CHECK_TENSOR(scattered(tensor({5, 6}, {2}), index_tensor({1}, {}), 3),
               values({0, 0, 5, 6, 0, 0}, {3, 2}));
  CHECK_TENSOR(scattered(zeros({0, 2}), index_tensor({}, {0}), 2), values({0, 0, 0, 0}, {2, 2}));
}

TEST_CASE("scatter-add: the padding row gets nothing", "[11.4][edge]") {
  const Tensor g = tensor({1, 2, 3, 4, 5, 6}, {3, 2});
  CHECK_TENSOR(scattered(g, index_tensor({2, 0, 2}, {3}), 3, 2),
               values({3, 4, 0, 0, 0, 0}, {3, 2}));
  CHECK_TENSOR(scattered(g, index_tensor({0, 1, 0}, {3}), 2, 0), values({0, 0, 3, 4}, {2, 2}));
}

TEST_CASE("embedding: a row that was read three times gets three gradients", "[11.5][core]") {
  Tensor weight = zeros({4, 2});
  weight.set_requires_grad(true);
  const Tensor y = embedding(weight, index_tensor({3, 1, 3, 3}, {4}));
  y.backward(tensor({1, 10, 2, 20, 3, 30, 4, 40}, {4, 2}));
  CHECK_TENSOR(weight.grad(), values({0, 0, 2, 20, 0, 0, 8, 80}, {4, 2}));
}

TEST_CASE("embedding: first and second derivatives as PyTorch has them", "[11.5][11.6][core]") {
  check_against_pytorch({}, golden::embedding_gradient, golden::embedding_second);
}

TEST_CASE("embedding: derivatives with a padding row as PyTorch has them", "[11.6][11.5][core]") {
  check_against_pytorch({.padding_idx = 4}, golden::padded_gradient, golden::padded_second);
  check_against_pytorch({.padding_idx = -1}, golden::padded_gradient, golden::padded_second);
}

TEST_CASE("embedding: what weighs the padding row has no part in the table's gradient",
          "[11.6][edge]") {
  Tensor table = tensor({5, 7}, {2, 1}), weights = tensor({2, 3}, {2, 1});
  table.set_requires_grad(true);
  weights.set_requires_grad(true);
  const Tensor y = embedding(table, index_tensor({0, 1}, {2}), {.padding_idx = 0});  // row 0, too
  const Tensor of_table = grad(sum(y * weights), {table}, true)[0];
  CHECK_TENSOR(of_table, values({0, 3}, {2, 1}));
  CHECK_TENSOR(grad(sum(of_table), {weights})[0], values({0, 1}, {2, 1}));
}

TEST_CASE("embedding: gradients of two look-ups in one table add up", "[11.5][edge]") {
  Tensor weight = zeros({3, 1});
  weight.set_requires_grad(true);
  const Tensor first = embedding(weight, index_tensor({0, 2}, {2}));
  const Tensor second = embedding(weight, index_tensor({2}, {1}));
  (sum(first) + 10 * sum(second)).backward();
  CHECK_TENSOR(weight.grad(), values({1, 0, 11}, {3, 1}));
}

TEST_CASE("embedding: ids that are reused do not change where the gradient goes",
          "[11.5][11.1][edge]") {
  Tensor weight = zeros({3, 1});
  weight.set_requires_grad(true);
  IndexTensor batch = index_tensor({0, 0}, {2});
  const Tensor y = embedding(weight, batch);
  batch.set({0}, 2);  // the next batch, written into the same memory
  batch.set({1}, 2);
  sum(y).backward();
  CHECK_TENSOR(weight.grad(), values({2, 0, 0}, {3, 1}));
}

TEST_CASE("embedding: without a gradient nothing is recorded", "[11.3][edge]") {
  Tensor weight = zeros({3, 2});
  CHECK_FALSE(embedding(weight, index_tensor({1}, {1})).requires_grad());
  weight.set_requires_grad(true);
  CHECK(embedding(weight, index_tensor({1}, {1})).requires_grad());
  const NoGrad off;
  CHECK_FALSE(embedding(weight, index_tensor({1}, {1})).requires_grad());
}
