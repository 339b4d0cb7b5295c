// The gradient of a Linear's weight was made transposed and then copied, a quarter of an MLP's step; and for a batch of
// sequences one gradient for each sequence was made and then added up.
#include <tinytorch/autograd.hpp>

#include "tensor_close.hpp"

using namespace tinytorch;
using namespace tt_test;

TEST_CASE("product_like: what unbroadcast of the product gives, laid out as the matrix it is for",
          "[03][given][regression]") {
  Rng rng(1);
  const Tensor x = randn({2, 5, 4, 3}, rng), y = randn({2, 5, 3, 6}, rng);  // rows 4, terms 3, columns 6
  const Tensor plain = zeros({4, 6}), transposed = zeros({6, 4}).transpose(0, 1);
  const Tensor expected = unbroadcast(matmul(x, y), {4, 6});
  CHECK_TENSOR_NEAR(detail::product_like(plain, x, y), expected, 1e-5);
  CHECK_TENSOR_NEAR(detail::product_like(transposed, x, y), expected, 1e-5);
  CHECK(detail::product_like(transposed, x, y).strides() == transposed.strides());
  CHECK(detail::product_like(plain, x, y).strides() == plain.strides());
  CHECK_SHAPE(detail::product_like(zeros({5, 4, 6}), x, y), {5, 4, 6});
  CHECK_TENSOR(detail::product_like(plain, zeros({0, 4, 3}), zeros({0, 3, 6})), zeros({4, 6}));
}
