// A CNN's flattened size was worked out by hand as 1600 where the images gave 2304, found only when training began:
// "Inner dimensions must match: 2304 != 1600". harvard-edge/cs249r_book,
// tinytorch/tests/regression/test_conv_linear_dimensions.py, BUG-2024-11-25-001.
//
// 3x32x32, conv k3 -> 30, pool 2 -> 15, conv k3 -> 13, pool 2 -> 6, and 64 * 6 * 6 = 2304. The convolutions themselves
// join in 09_convolutions.
#include "tensor_close.hpp"

#include <tinytorch/ops.hpp>

using namespace tinytorch;
using namespace tt_test;

TEST_CASE("flatten size: the error says both 2304 and 1600", "[02.16][regression]") {
  const Tensor features = zeros({2, 64, 6, 6}).flatten(1);
  CHECK_THROWS_AS(matmul(features, zeros({1600, 10})), ShapeError);
  CHECK_THROWS_WITH(matmul(features, zeros({1600, 10})),
                    contains("matmul: expects [*, M, K] x [*, K, N], got [2, 2304] x [1600, 10]\n"
                             "  the inner sizes 2304 and 1600 differ"));
}

TEST_CASE("flatten size: asked for and not worked out by hand it fits", "[02.18][regression]") {
  Tensor features = zeros({2, 64, 6, 6});
  features.set({0, 63, 5, 5}, 3);  // the last feature of the first image
  features.set({1, 0, 0, 1}, 5);   // feature 1 of the second
  const Tensor flat = features.flatten(1);
  Tensor weight = zeros({flat.size(1), 2});
  weight.set({2303, 0}, 10);
  weight.set({1, 1}, 100);
  CHECK_TENSOR(matmul(flat, weight), values({30, 0, 0, 500}, {2, 2}));
}
