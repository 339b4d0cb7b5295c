// A CNN's flattened size was worked out by hand as 1600 where the images gave 2304, found only when training began:
// "Inner dimensions must match: 2304 != 1600". harvard-edge/cs249r_book,
// tinytorch/tests/regression/test_conv_linear_dimensions.py, BUG-2024-11-25-001.
//
// tests/regression/01_flattened_size.cpp and 02_flatten_size.cpp hold the parts of the story that need no convolution.
#include "tensor_close.hpp"

#include <tinytorch/convolutions.hpp>

using namespace tinytorch;
using namespace tt_test;

TEST_CASE("flattened size: the stack of the bug gives 2304, step by step",
          "[09.1][09.8][09.10][regression]") {
  Rng rng(1);
  const Tensor x = zeros({2, 3, 32, 32});
  const Tensor first = Conv2d(3, 32, 3, rng)(x);
  CHECK_SHAPE(first, {2, 32, 30, 30});  // 32 - 3 + 1
  const Tensor half = max_pool2d(first, 2);
  CHECK_SHAPE(half, {2, 32, 15, 15});
  const Tensor second = Conv2d(32, 64, 3, rng)(half);
  CHECK_SHAPE(second, {2, 64, 13, 13});  // 15 - 3 + 1
  const Tensor quarter = max_pool2d(second, 2);
  CHECK_SHAPE(quarter, {2, 64, 6, 6});  // the thirteenth row and column fit no window
  CHECK_SHAPE(quarter.flatten(1), {2, 2304});
}

TEST_CASE("flattened size: sizes can be worked out without a tensor", "[09.1][regression]") {
  Index side = 32;
  for (int block = 0; block < 2; ++block) side = output_size(output_size(side, 3), 2, 2);
  CHECK(64 * side * side == 2304);  // and 5 * 5 * 64 is 1600: a pool that rounds 13 / 2 down twice
}

TEST_CASE("flattened size: a linear layer for 1600 says that 2304 came", "[09.8][regression]") {
  Rng rng(2);
  const Sequential features(Conv2d(3, 32, 3, rng), MaxPool2d(2), Conv2d(32, 64, 3, rng),
                            MaxPool2d(2), Flatten());
  const Tensor flat = features(ones({1, 3, 32, 32}));
  CHECK_THROWS_WITH(Linear(1600, 10, rng)(flat), contains("expects [*, 1600], got [1, 2304]"));
  CHECK_SHAPE(Linear(flat.size(1), 10, rng)(flat), {1, 10});
}
