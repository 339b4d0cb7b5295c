// Sizes that no honest program asks for, and a bug does: negative ones, and products past 2^63. The first
// reference of this course computed them by overflow: zeros({2^40, 2^40, 0}), expand({-1, 3}) of three numbers,
// slice with a step of 2^63 - 1, arange(1e30); and a copy_ that failed had already counted as a change.
#include <limits>

#include "tensor_close.hpp"

#include <tinytorch/tensor.hpp>

using namespace tinytorch;
using namespace tt_test;

namespace {
constexpr Index huge = Index{1} << 40;
}

TEST_CASE("hostile sizes: a product past 2^63 is an error even beside a 0", "[01.1][regression]") {
  CHECK_THROWS_AS((void)zeros({huge, huge, 0}), ShapeError);
  CHECK_THROWS_AS((void)zeros({0, huge, huge}), ShapeError);
  CHECK_THROWS_WITH((void)zeros({huge, huge}), contains("expects fewer than 2^63 bytes"));
  CHECK_THROWS_AS((void)zeros({0}).reshape({huge, huge}), ShapeError);
  CHECK_THROWS_AS((void)ones({1, 1}).expand({huge, huge}), ShapeError);
  CHECK_SHAPE(zeros({huge, 0}), {huge, 0});  // large and empty is no fault
}

TEST_CASE("hostile sizes: expand takes -1 only for an axis that is there", "[01.11][regression]") {
  CHECK_THROWS_AS((void)ones({3}).expand({-1, 3}), ShapeError);
  CHECK_THROWS_AS((void)ones({1}).expand({-5}), ShapeError);
  CHECK_SHAPE(ones({3, 1}).expand({-1, 4}), {3, 4});
}

TEST_CASE("hostile sizes: a step past the end takes one element", "[01.9][regression]") {
  const Tensor t = tensor({0, 1, 2, 3, 4, 5, 6, 7, 8, 9});
  CHECK_TENSOR(t.slice(0, 3, 10, std::numeric_limits<Index>::max()), values({3}, {1}));
  CHECK_THROWS_AS((void)arange(1e30), ValueError);
}

TEST_CASE("hostile sizes: a copy that does not fit changes nothing", "[01.12][regression]") {
  Tensor t = tensor({1, 2, 3});
  const auto version = t.storage()->version();
  CHECK_THROWS_WITH(t.copy_(tensor({1, 2})),
                    contains("copy_: expects a source that broadcasts to [3], got [2]"));
  CHECK(t.storage()->version() == version);
  CHECK_TENSOR(t, values({1, 2, 3}, {3}));
}
