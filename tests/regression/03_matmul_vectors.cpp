// regression: the gradient of a matrix times a vector.
//
// The original's rule transposed the last two axes of both operands, which a vector does not have: the gradient of
// a 1-D operand had the wrong shape, or the wrong numbers where shapes happened to fit (issue 1781). The same place
// has to be right for the two seeds of this suite: a [2, 10, 128] output that meets a [128, 1000] layer.
#include "tensor_close.hpp"

#include <tinytorch/autograd.hpp>

using namespace tinytorch;
using namespace tt_test;

namespace {

Tensor leaf(const std::vector<real>& numbers, const Shape& shape) {
  Tensor t = tensor(numbers, shape);
  t.set_requires_grad(true);
  return t;
}

}  // namespace

TEST_CASE("matmul of vectors: a square matrix times a vector", "[03.21][regression]") {
  const Tensor a = leaf({1, 2, 3, 4}, {2, 2}), v = leaf({5, 6}, {2});
  matmul(a, v).backward(tensor({1, 10}));
  CHECK_TENSOR(a.grad(), values({5, 6, 50, 60}, {2, 2}));
  CHECK_TENSOR(v.grad(), values({31, 42}, {2}));  // 1 + 30, 2 + 40
}

TEST_CASE("matmul of vectors: a vector times a matrix and a vector times a vector",
          "[03.21][regression]") {
  const Tensor u = leaf({5, 6}, {2}), b = leaf({1, 2, 3, 4}, {2, 2});
  matmul(u, b).backward(tensor({1, 10}));
  CHECK_TENSOR(u.grad(), values({21, 43}, {2}));  // 1 + 20, 3 + 40
  CHECK_TENSOR(b.grad(), values({5, 50, 6, 60}, {2, 2}));
  const Tensor w = leaf({7, 8}, {2});
  u.zero_grad();
  matmul(u, w).backward();
  CHECK_TENSOR(u.grad(), values({7, 8}, {2}));
  CHECK_TENSOR(w.grad(), values({5, 6}, {2}));
}

TEST_CASE("matmul of vectors: a layer takes any leading axes and its gradients have its shapes",
          "[03.21][regression]") {
  Tensor x = ones({2, 10, 128}), w = ones({128, 1000});
  x.set_requires_grad(true);
  w.set_requires_grad(true);
  const Tensor y = matmul(x, w);
  CHECK_SHAPE(y, {2, 10, 1000});
  y.backward(ones({2, 10, 1000}));
  REQUIRE(x.grad().shape() == Shape{2, 10, 128});
  REQUIRE(w.grad().shape() == Shape{128, 1000});
  CHECK(x.grad().at({1, 9, 127}) == 1000);  // 1000 outputs read each number of x
  CHECK(w.grad().at({127, 999}) == 20);     // 2 * 10 rows read each weight
}
