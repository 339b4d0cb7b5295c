// The original drew every initial weight from one global generator: a layer's numbers depended on whatever had
// drawn before, and tests passed or failed by their order. Here each module draws from the Rng it is handed, and
// dropout from one of its own: what it draws in training changes no layer that is made later.
#include "tensor_close.hpp"

#include <tinytorch/layers.hpp>

using namespace tinytorch;
using namespace tt_test;

TEST_CASE("independent draws: dropout's masks do not move later initialisations",
          "[05.10][regression]") {
  Rng a(1), b(1);
  const Dropout used(0.5, a), unused(0.5, b);
  for (int i = 0; i < 3; ++i) CHECK_SHAPE(used(ones({7, 5})), {7, 5});
  CHECK_TENSOR_NEAR(Linear(4, 3, a).weight, read(Linear(4, 3, b).weight), 0);
}

TEST_CASE("independent draws: two dropouts of one model drop different numbers",
          "[05.10][regression]") {
  Rng rng(1);
  const Dropout first(0.5, rng), second(0.5, rng);
  const Tensor x = ones({8, 8});
  CHECK_FALSE(difference(read(first(x)), read(second(x)), 0).empty());
}

TEST_CASE("independent draws: only the seed decides what a layer starts from",
          "[05.9][regression]") {
  Rng a(3), b(3);
  const Tensor x = ones({2, 4});
  const Values first = read(Linear(4, 3, a)(x));
  (void)Linear(9, 9, a);
  CHECK_TENSOR_NEAR(Linear(4, 3, b)(x), first, 0);
}
