// regression: a result that is used twice.
//
// In the original, a tensor that was not a leaf and had two users passed on the gradient of one of them: in
// h = 3 x, y = 2 h + 5 h, x.grad was 6 instead of 21 (the fork's 182), so that every residual connection trained
// wrongly. The repair walked each way from the loss by recursion: 8 residual blocks took 2 ms, 16 took 625 ms.
#include "tensor_close.hpp"

#include <tinytorch/autograd.hpp>

using namespace tinytorch;
using namespace tt_test;

namespace {

Tensor leaf(const std::vector<real>& numbers) {
  Tensor t = tensor(numbers);
  t.set_requires_grad(true);
  return t;
}

}  // namespace

TEST_CASE("shared tensors: both users of a result send their gradient through it",
          "[03.3][03.2][regression]") {
  const Tensor x = leaf({1});
  const Tensor h = x * 3;
  (h * 2 + h * 5).backward();
  CHECK_TENSOR(x.grad(), values({21}, {1}));
  x.zero_grad();
  const Tensor k = x * 3;
  const Tensor late = k * 5;  // the order of computing must not matter
  (late + k * 2).backward();
  CHECK_TENSOR(x.grad(), values({21}, {1}));
}

TEST_CASE("shared tensors: a residual chain of 40 blocks costs 40 blocks",
          "[03.2][03.3][regression]") {
  const Tensor x = leaf({1, 1, 1, 1, 1, 1, 1, 1, 1, 1}), w = full({10}, real(0.5));
  const auto flops_of_backward = [&](int blocks) {
    Tensor y = x;
    for (int i = 0; i < blocks; ++i) y = y + y * w;
    const FlopCounter counter;
    y.backward(ones({10}));
    return counter.total();
  };
  const Index twenty = flops_of_backward(20);
  const Index forty = flops_of_backward(40);
  CHECK(twenty > 0);
  CHECK(forty < 3 * twenty);  // each block doubles it where ways are walked one by one
  x.zero_grad();
  (void)flops_of_backward(10);
  CHECK_TENSOR(x.grad().slice(0, 0, 1), values({57.6650390625}, {1}));  // 1.5^10
}

TEST_CASE("shared tensors: one tensor as two inputs and one gradient for two leaves",
          "[03.3][03.4][regression]") {
  const Tensor x = leaf({3});
  (x * x + x).backward();
  CHECK_TENSOR(x.grad(), values({7}, {1}));  // 2 x + 1
  const Tensor a = leaf({1, 2}), b = leaf({3, 4});
  sum(a + b).backward();
  a.grad().mul_(0);  // as an optimizer or a clip does
  CHECK_TENSOR(b.grad(), values({1, 1}, {2}));
}
