// CHECK_TENSOR once accepted anything where infinity was expected: |5 - inf| <= 1e-5 * inf holds. A mutant of
// module 13 that kept every tie in top-k survived by it. Found while writing 13_transformers.
#include <tinytorch/tensor.hpp>

#include <limits>

#include "tensor_close.hpp"

using namespace tinytorch;
using namespace tt_test;

TEST_CASE("CHECK_TENSOR: only infinity is infinity", "[01.7][regression]") {
  const double inf = std::numeric_limits<double>::infinity();
  const Values five = read(tensor({5, -5}, {2}));
  CHECK_FALSE(difference(five, values({inf, -5}, {2}), 1e-5).empty());
  CHECK_FALSE(difference(five, values({5, -inf}, {2}), 1e-5).empty());
  CHECK_FALSE(difference(values({-inf}, {1}), values({inf}, {1}), 1e-5).empty());
  CHECK(difference(values({inf, -inf}, {2}), values({inf, -inf}, {2}), 1e-5).empty());
}
