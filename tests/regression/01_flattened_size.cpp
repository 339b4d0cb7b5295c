// regression: the flattened size of a convolution stack, worked out by hand and wrong.
//
// One of the two bugs that started this project: a linear layer for 1600 numbers (64*5*5) stood behind
// 64 maps of 6 x 6, which are 2304. 3x32x32, conv 3->32 k3: 32x30x30, pool 2: 32x15x15, conv 32->64 k3:
// 64x13x13, pool 2: 64x6x6. Whoever flattens must ask the tensor; whoever states a size must be told.
// For 09_convolutions: the same stack run with conv2d and max_pool2d, its four shapes, and a
// Linear(1600, 10) behind it, whose error must name 2304 and 1600.
#include "tensor_close.hpp"

#include <tinytorch/tensor.hpp>

using namespace tinytorch;
using namespace tt_test;

TEST_CASE("flattened size: flatten finds 2304 behind 64 maps of 6 by 6",
          "[01.14][01.13][regression]") {
  Tensor maps = zeros({2, 64, 6, 6});
  const Tensor flat = maps.flatten(1);
  CHECK_SHAPE(flat, {2, 2304});
  CHECK(flat.shares_storage_with(maps));
  // Image 1, map 63, row 5, column 4 is the last but one of its row: 63*36 + 5*6 + 4 = 2302.
  maps.set({1, 63, 5, 4}, 7);
  CHECK(flat.at({1, 2302}) == 7);
  CHECK_SHAPE(maps.reshape({2, -1}), {2, 2304});
}

TEST_CASE("flattened size: 1600 is refused with both counts in the message",
          "[01.14][01.1][regression]") {
  const Tensor maps = zeros({2, 64, 6, 6});
  // The two images hold 2*2304 = 4608 numbers; the shape that was asked for has 2*1600 = 3200.
  REQUIRE_THROWS_AS((void)maps.reshape({2, 1600}), ShapeError);
  CHECK_THROWS_WITH((void)maps.reshape({2, 1600}), contains("4608") && contains("3200"));
  CHECK_THROWS_WITH((void)maps.reshape({2, 1600}), contains("[2, 1600]"));
  REQUIRE_THROWS_AS((void)maps.reshape({-1, 1600}), ShapeError);  // 2.88 images
  CHECK_SHAPE(maps.reshape({2, 2304}), {2, 2304});
}
