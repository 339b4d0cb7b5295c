// In the original a network with BatchNorm2d trained nothing through it (gamma.grad and x.grad stayed None, no error),
// and AvgPool2d had no backward: harvard-edge/cs249r_book issue #1885 and tinytorch/src/09_convolutions.
//
// Every parameter of a stack of all layers must get a gradient, and the image as well.
#include "tensor_close.hpp"

#include <tinytorch/convolutions.hpp>

using namespace tinytorch;
using namespace tt_test;

TEST_CASE("gradients reach everything: through all layers of the module",
          "[09.9][09.11][09.12][09.13][09.14][regression]") {
  Rng rng(3);
  const Sequential model(Conv2d(1, 4, 3, rng, {.padding = 1}), BatchNorm2d(4), MaxPool2d(2),
                         Conv2d(4, 6, 3, rng, {.padding = 1, .groups = 2}), BatchNorm2d(6),
                         AvgPool2d(2));
  Tensor x = randn({3, 1, 12, 12}, rng);
  x.set_requires_grad(true);
  const Tensor y = model(x);
  sum(y * y * y).backward();
  for (const auto& [name, parameter] : model.named_parameters()) {
    INFO(name);
    // A bias in front of a batch norm is taken out again with the mean: its gradient is 0, but there.
    REQUIRE(parameter.grad().defined());
    const bool cancelled = name == "0.bias" || name == "3.bias";
    CHECK((sum(abs(parameter.grad())).item() > real(1e-3)) == !cancelled);
  }
  CHECK(sum(abs(x.grad())).item() > real(1e-3));
}

TEST_CASE("gradients reach everything: an average hands on all that it got",
          "[09.12][09.6][regression]") {
  Tensor x = ones({1, 2, 4, 4});
  x.set_requires_grad(true);
  sum(avg_pool2d(x, 2)).backward();
  CHECK_TENSOR(x.grad(), full({1, 2, 4, 4}, 0.25));
}
