// Messages that a student of 07 meets most, word for word (01_messages.cpp says why).
#include <tinytorch/optimizers.hpp>

#include "tensor_close.hpp"

using namespace tinytorch;

TEST_CASE("messages of 07: parameters and options that are none", "[07][regression]") {
  const Tensor w = ones({2}).set_requires_grad(true);
  SGD optimizer({w}, {.lr = 0.5});
  sum(w).backward();
  optimizer.step();
  CHECK_TENSOR(w, tt_test::values({0.5, 0.5}, {2}));
  CHECK_THROWS_WITH(
      SGD({zeros({2})}, {.lr = 0.1}),
      "SGD: expects parameters that require grad, got parameter 0 of shape [2] that does not\n"
      "  hint: set_requires_grad(true)");
  CHECK_THROWS_WITH(SGD({}, {.lr = 0.1}), "SGD: expects at least one parameter, got an empty list");
  CHECK_THROWS_WITH(SGD({w}, {.lr = -1}), "SGD: expects a finite lr >= 0, got -1");
  CHECK_THROWS_WITH(SGD({w, w}, {.lr = 0.1}),
                    "SGD: expects each parameter once, got parameter 1 of shape [2] a second time\n"
                    "  hint: it would be moved twice in each step");
  CHECK_THROWS_WITH(AdamW({w}, {.betas = {0.9, 1.0}}), "AdamW: expects betas in [0, 1), got 1");
  CHECK_THROWS_WITH(
      SGD({w}, {.lr = 0.1, .nesterov = true}),
      "SGD: expects momentum > 0 and dampening = 0 for nesterov, got momentum 0.000000, dampening 0.000000");
}
