// The original's SumBackward knew no axis: (3, 3).sum(axis=1) with the gradient [1, 10, 100] spread it over columns, not
// rows. A square matrix hid it; (2, 3) raised. harvard-edge/cs249r_book, tinytorch/src/05_autograd/05_autograd.py.
//
// Here: sums go the right way on square matrices, too, and what is spread back lands in the row it came from.
#include "tensor_close.hpp"

#include <tinytorch/ops.hpp>

using namespace tinytorch;
using namespace tt_test;

TEST_CASE("sum axis: axis 1 of a square matrix adds along rows", "[02.7][regression]") {
  const Tensor x = tensor({1, 2, 3, 10, 20, 30, 100, 200, 300}, {3, 3});
  CHECK_TENSOR(sum(x, 1), values({6, 60, 600}, {3}));
  CHECK_TENSOR(sum(x, 0), values({111, 222, 333}, {3}));
  CHECK_TENSOR(sum(x.transpose(0, 1), 1), values({111, 222, 333}, {3}));
}

TEST_CASE("sum axis: the kept axis brings each number back to its own row",
          "[02.3][02.6][regression]") {
  // The gradient of sum(x, 1, true) is its own gradient, repeated: row 0 gets 1, row 1 gets 10, row 2 gets 100.
  const Tensor gradient = tensor({1, 10, 100}).reshape(reduced_shape({3, 3}, {1}, true));
  CHECK_TENSOR(gradient * ones({3, 3}), values({1, 1, 1, 10, 10, 10, 100, 100, 100}, {3, 3}));
  CHECK_TENSOR(gradient * ones({3, 2}), values({1, 1, 10, 10, 100, 100}, {3, 2}));
}

TEST_CASE("sum axis: taking the mean of each row off leaves rows that add up to 0",
          "[02.9][regression]") {
  const Tensor x = tensor({1, 2, 3, 10, 20, 30, 100, 200, 300}, {3, 3});
  CHECK_TENSOR(x - mean(x, 1, true), values({-1, 0, 1, -10, 0, 10, -100, 0, 100}, {3, 3}));
}
