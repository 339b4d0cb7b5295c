// Two bugs of the original course in Python. Issue 1692: its gelu was x * sigmoid(1.702 x), not the formula that the
// text gave. And once module 05 was imported, sigmoid was replaced by one whose exp overflowed (x < -88 in float),
// although the student's own was stable: here every call goes the student's way, recorded or not.
#include "tensor_close.hpp"

#include <tinytorch/activations.hpp>

using namespace tinytorch;
using namespace tt_test;

TEST_CASE("stability: gelu is not the sigmoid approximation of it", "[04.7][04.9][regression]") {
  // 2 * sigmoid(3.404) = 1.9356; exact 1.9544997, tanh form 1.9545977 (PyTorch 1.13)
  CHECK_TENSOR(gelu(scalar(2)), values({1.9544997}, {}));
  CHECK_TENSOR(gelu(scalar(2), {.tanh_approximation = true}), values({1.9545977}, {}));
}

TEST_CASE("stability: a recorded sigmoid is the same as one that is not",
          "[04.4][04.5][regression]") {
  Tensor x = tensor({-1000, -100, 0, 100, 1000});
  const Tensor plain = sigmoid(x);
  x.set_requires_grad(true);
  const Tensor recorded = sigmoid(x);
  CHECK_TENSOR(recorded, values({0, 0, 0.5, 1, 1}, {5}));
  CHECK_TENSOR(plain, recorded);
  recorded.backward(ones({5}));
  CHECK_TENSOR(x.grad(), values({0, 0, 0.25, 0, 0}, {5}));
}
