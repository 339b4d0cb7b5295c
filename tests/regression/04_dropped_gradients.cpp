// In the original course log_softmax and tanh computed with raw arrays once autograd was on: the graph ended there, no
// gradient arrived, and no error said so. Each activation here must pass a gradient on to what made its input.
#include "tensor_close.hpp"

#include <tinytorch/activations.hpp>

using namespace tinytorch;
using namespace tt_test;

namespace {

using Function = Tensor (*)(const Tensor&);

/// The gradient with respect to w of sum(weights * f(w * 3)) at w = [0, 0].
Tensor through(Function f) {
  Tensor w = zeros({2});
  w.set_requires_grad(true);
  sum(f(w * 3) * tensor({1, 2})).backward();
  return w.grad();
}

}  // namespace

TEST_CASE("dropped gradients: softmax and log_softmax pass them on", "[04.12][04.14][regression]") {
  // y = [1/2, 1/2], g = [1, 2]: 1/2 (g - 3/2) * 3, and (g - 3/2) * 3
  CHECK_TENSOR(through([](const Tensor& x) { return softmax(x, 0); }), values({-0.75, 0.75}, {2}));
  CHECK_TENSOR(through([](const Tensor& x) { return log_softmax(x, 0); }),
               values({-1.5, 1.5}, {2}));
}

TEST_CASE("dropped gradients: the curves pass them on", "[04.5][04.6][04.8][regression]") {
  CHECK_TENSOR(through(sigmoid), values({0.75, 1.5}, {2}));  // slope 1/4 times 3
  CHECK_TENSOR(through(tanh), values({3, 6}, {2}));
  CHECK_TENSOR(through(silu), values({1.5, 3}, {2}));  // slope 1/2 times 3
  CHECK_TENSOR(through([](const Tensor& x) { return gelu(x); }), values({1.5, 3}, {2}));
}
