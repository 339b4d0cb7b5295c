// Messages that a student of 01 meets most, word for word: who, what was expected, what came, and a hint where one
// helps. A message that got worse in passing fails here. Each module has such a file.
#include "tensor_close.hpp"

#include <tinytorch/tensor.hpp>

using namespace tinytorch;

TEST_CASE("messages of 01: an element that is not there", "[01.7][01.6][regression]") {
  const Tensor t = zeros({2, 3});
  CHECK_THROWS_WITH(t.at({0}), "at: expects 2 indices for shape [2, 3], got [0]");
  CHECK_THROWS_WITH(t.at({0, 3}), "at: expects index 1 in [-3, 2] for shape [2, 3], got 3");
  CHECK_THROWS_WITH(t.item(), "item: expects exactly one element, got shape [2, 3]");
}

TEST_CASE("messages of 01: a shape that does not fit", "[01.13][01.11][01.8][regression]") {
  const Tensor t = zeros({2, 3});
  CHECK_THROWS_WITH(tensor({1, 2, 3}, {2, 2}), "tensor: expects 4 numbers for shape [2, 2], got 3");
  CHECK_THROWS_WITH(t.reshape({4, 2}),
                    "reshape: expects a shape of 6 elements, got [4, 2], which has 8");
  CHECK_THROWS_WITH(
      t.transpose(0, 1).view({6}),
      "view: expects memory that can be seen as [6], got shape [3, 2] with strides [1, 3]\n"
      "  hint: reshape copies where it must");
  CHECK_THROWS_WITH(t.expand({4, 3}), "expand: cannot expand [2, 3] to [4, 3]");
  CHECK_THROWS_WITH(t.permute({0, 0}), "permute: expects each of the 2 axes once, got [0, 0]");
  CHECK_THROWS_WITH(t.transpose(0, 2), "transpose: expects an axis in [-2, 1], got 2");
  CHECK_THROWS_WITH(t.select(1, 3),
                    "select: expects an index in [-3, 2] for axis 1 of shape [2, 3], got 3");
}
