// Messages that a student of 02 meets most, word for word (01_messages.cpp says why).
#include "tensor_close.hpp"

#include <tinytorch/ops.hpp>

using namespace tinytorch;

TEST_CASE("messages of 02: shapes that do not go together", "[02.1][02.16][regression]") {
  const Tensor t = zeros({2, 3});
  CHECK_THROWS_WITH(t + zeros({2, 4}),
                    "add: cannot broadcast [2, 3] with [2, 4]: axis -1 is 3 against 4, and neither is 1");
  CHECK_THROWS_WITH(matmul(t, t),
                    "matmul: expects [*, M, K] x [*, K, N], got [2, 3] x [2, 3]\n"
                    "  the inner sizes 3 and 2 differ");
  CHECK_THROWS_WITH(cat({t, zeros({3, 2})}),
                    "cat: expects sizes that agree outside axis 0, got [2, 3] and [3, 2]");
  CHECK_THROWS_WITH(stack({t, zeros({3})}),
                    "stack: expects tensors of one shape, got [2, 3] and [3]");
  CHECK_THROWS_WITH(sum(t, Shape{1, -1}), "sum: expects each axis once, got [1, -1]");
  CHECK_THROWS_WITH(max(zeros({2, 0}), 1),
                    "max: expects at least one element, got none along axis 1 of [2, 0]");
}
