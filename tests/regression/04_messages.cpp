// Messages that a student of 04 meets most, word for word (01_messages.cpp says why).
#include <tinytorch/activations.hpp>

#include "tensor_close.hpp"

using namespace tinytorch;

TEST_CASE("messages of 04: an axis or a slope that is none", "[04][regression]") {
  CHECK_SHAPE(log_softmax(softmax(zeros({2, 3}), 1), -1), {2, 3});
  CHECK_THROWS_WITH(softmax(zeros({2, 3}), 2), "softmax: expects an axis in [-2, 1], got 2");
  CHECK_THROWS_WITH(
      log_softmax(scalar(1), 0),
      "log_softmax: expects an axis of a tensor that has axes, got 0 for a scalar (shape [])");
  CHECK_THROWS_WITH(
      leaky_relu(zeros({2}), {.negative_slope = -1}),
      "leaky_relu: expects negative_slope >= 0, got -1.000000\n"
      "  with another sign the result would not tell the sign of x, and the rule reads the result");
}
