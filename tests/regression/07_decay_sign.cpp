// In the original, AdamW's decay had its sign flipped and every test passed: training with a tiny growth of all weights looks
// like training. And a momentum buffer was counted by gradients seen, so that a frozen parameter shifted everybody's memory.
#include <tinytorch/optimizers.hpp>
#include "tensor_close.hpp"

using namespace tinytorch;
using namespace tt_test;

namespace {
Tensor leaf(const std::vector<real>& numbers) {
  Tensor t = tensor(numbers);
  t.set_requires_grad(true);
  return t;
}
}  // namespace

TEST_CASE("decay sign: without a gradient worth mentioning weights shrink", "[07.10][regression]") {
  const Tensor w = leaf({1, -2});
  AdamW optimizer({w}, {.lr = 0.1, .weight_decay = 0.5});
  sum(w * 0).backward();  // a gradient of 0: Adam itself stands still
  optimizer.step();
  CHECK_TENSOR(w, values({0.95, -1.9}, {2}));
}

TEST_CASE("decay sign: SGD and Adam pull towards 0 too", "[07.5][07.9][regression]") {
  const Tensor a = leaf({1, -2}), b = leaf({1, -2});
  SGD sgd({a}, {.lr = 0.1, .weight_decay = 0.5});
  Adam adam({b}, {.lr = 0.1, .weight_decay = 0.5});
  sum(a * 0).backward();
  sum(b * 0).backward();
  sgd.step();
  adam.step();
  CHECK_TENSOR(a, values({0.95, -1.9}, {2}));
  CHECK_TENSOR(b, values({0.9, -1.9}, {2}));  // the pull alone decides: one lr towards 0 each
}

TEST_CASE("frozen parameter: the memory of the others stays their own", "[07.2][regression]") {
  const Tensor first = leaf({0}), second = leaf({0});
  SGD optimizer({first, second}, {.lr = 1, .momentum = 0.5});
  sum(first + second * 10).backward();
  optimizer.step();  // velocities 1 and 10
  optimizer.zero_grad();
  sum(second * 10).backward();  // the first one takes no part
  optimizer.step();             // 0.5 * 10 + 10
  CHECK_TENSOR(first, values({-1}, {1}));
  CHECK_TENSOR(second, values({-25}, {1}));
}
