// In the original 2 * x, 2 - x, -x and x ** 2 were TypeErrors: only x * 2 and x - 2 had been written (harvard-edge/
// cs249r_book, tinytorch/src/01_tensor/01_tensor.py). A tempting repair, 2 - x computed as x - 2, is wrong, too.
#include "tensor_close.hpp"

#include <tinytorch/ops.hpp>

using namespace tinytorch;
using namespace tt_test;

TEST_CASE("reflected operators: a number may stand on the left", "[02.3][regression]") {
  const Tensor x = tensor({1, 2, 4});
  CHECK_TENSOR(2 * x, values({2, 4, 8}, {3}));
  CHECK_TENSOR(2 - x, values({1, 0, -2}, {3}));
  CHECK_TENSOR(2 + x, values({3, 4, 6}, {3}));
  CHECK_TENSOR(2 / x, values({2, 1, 0.5}, {3}));
}

TEST_CASE("reflected operators: a number on the right is the other way round",
          "[02.3][regression]") {
  const Tensor x = tensor({1, 2, 4});
  CHECK_TENSOR(x - 2, values({-1, 0, 2}, {3}));
  CHECK_TENSOR(x / 2, values({0.5, 1, 2}, {3}));
}

TEST_CASE("reflected operators: minus and power take one tensor", "[02.2][regression]") {
  const Tensor x = tensor({1, -2, 4});
  CHECK_TENSOR(-x, values({-1, 2, -4}, {3}));
  CHECK_TENSOR(pow(x, 2), values({1, 4, 16}, {3}));
  CHECK_TENSOR(pow(tensor({4, 9}), 0.5f), values({2, 3}, {2}));
}

TEST_CASE("reflected operators: they broadcast over views like all others", "[02.3][regression]") {
  const Tensor x = tensor({1, 2, 3, 4, 5, 6}, {2, 3}).transpose(0, 1);
  CHECK_TENSOR(10 - 2 * x, values({8, 2, 6, 0, 4, -2}, {3, 2}));
}
