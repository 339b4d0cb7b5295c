// zeros({2, 0}).fill_(1) and cat of two [2, 0] tensors were refused as "expanded": a row-major tensor without elements
// has stride 0 before its empty axis (modules/support/apply.hpp, about_to_write, looked at strides alone).
#include "tensor_close.hpp"

#include <tinytorch/ops.hpp>

using namespace tinytorch;
using namespace tt_test;

TEST_CASE("empty tensors: may be written in place and joined", "[02.12][regression]") {
  CHECK_SHAPE(cat({zeros({2, 0}), zeros({2, 0})}, 1), {2, 0});
  CHECK_SHAPE(cat({zeros({3, 0, 2}), zeros({1, 0, 2})}, 0), {4, 0, 2});
  Tensor x = zeros({2, 0});
  CHECK_SHAPE(x.fill_(1), {2, 0});
  CHECK_SHAPE(stack({zeros({2, 0}), zeros({2, 0})}, 2), {2, 0, 2});
}
