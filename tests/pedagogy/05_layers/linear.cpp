// Linear: a product with the transposed weight, plus the bias, over any leading axes.
#include "tensor_close.hpp"

#include <tinytorch/layers.hpp>

using namespace tinytorch;
using namespace tt_test;

namespace {

void put(Tensor target, const std::vector<real>& numbers) {
  const NoGrad no_grad;
  target.copy_(tensor(numbers, target.shape()));
}

/// Linear(3, 2) with known numbers.
Linear small() {
  Rng rng(1);
  const Linear layer(3, 2, rng);
  put(layer.weight, {1, 2, 3, 4, 5, 6});
  put(layer.bias, {10, 20});
  return layer;
}

}  // namespace

TEST_CASE("Linear: worked numbers", "[05.9][core]") {
  // [1, 0, -1]: 1 - 3 + 10 = 8 and 4 - 6 + 20 = 18;  [2, 1, 0]: 2 + 2 + 10 and 8 + 5 + 20
  CHECK_TENSOR(small()(tensor({1, 0, -1, 2, 1, 0}, {2, 3})), values({8, 18, 14, 33}, {2, 2}));
}

TEST_CASE("Linear: any leading axes", "[05.9][edge]") {
  const Linear layer = small();
  CHECK_TENSOR(layer(tensor({1, 0, -1})), values({8, 18}, {2}));
  CHECK_TENSOR(layer(tensor({1, 0, -1, 2, 1, 0}, {2, 1, 3})), values({8, 18, 14, 33}, {2, 1, 2}));
  CHECK_TENSOR(layer(tensor({1, 0, -1, 2, 1, 0}, {1, 1, 2, 3})),
               values({8, 18, 14, 33}, {1, 1, 2, 2}));
  CHECK_SHAPE(layer(zeros({0, 3})), {0, 2});
  CHECK_SHAPE(layer(zeros({4, 0, 3})), {4, 0, 2});
}

TEST_CASE("Linear: reads views", "[05.9][edge]") {
  const Tensor columns = tensor({1, 2, 0, 1, -1, 0}, {3, 2});
  CHECK_TENSOR(small()(columns.transpose(0, 1)), values({8, 18, 14, 33}, {2, 2}));
}

TEST_CASE("Linear: without a bias", "[05.9][core]") {
  Rng rng(1);
  const Linear layer(3, 2, rng, {.bias = false});
  CHECK_FALSE(layer.bias.defined());
  CHECK(layer.parameters().size() == 1);
  put(layer.weight, {1, 2, 3, 4, 5, 6});
  CHECK_TENSOR(layer(tensor({1, 0, -1}, {1, 3})), values({-2, -2}, {1, 2}));
}

TEST_CASE("Linear: without inputs the bias is left", "[05.9][edge]") {
  Rng rng(1);
  const Linear layer(0, 2, rng);
  CHECK_TENSOR(layer.bias, values({0, 0}, {2}));
  put(layer.bias, {1, 2});
  CHECK_TENSOR(layer(zeros({2, 0})), values({1, 2, 1, 2}, {2, 2}));
}

TEST_CASE("Linear: says which last axis it wants", "[05.9][errors]") {
  Rng rng(1);
  const Linear layer(784, 10, rng);
  CHECK_THROWS_WITH(layer(zeros({2, 100})), contains("Linear: expects [*, 784], got [2, 100]"));
  CHECK_THROWS_WITH(layer(scalar(1)), contains("Linear: expects [*, 784], got []"));
  CHECK_THROWS_AS(layer(zeros({784, 1})), ShapeError);
  CHECK_THROWS_WITH(Linear(-1, 2, rng), contains("Linear: expects sizes >= 0, got in -1, out 2"));
}

TEST_CASE("Linear: starts uniform in one over the root of its inputs", "[05.9][property]") {
  Rng rng(3), same(3);
  const Linear layer(100, 50, rng);
  real low = 0, high = 0;
  for (Index i = 0; i < 5000; ++i) {
    low = std::min(low, layer.weight.data()[i]);
    high = std::max(high, layer.weight.data()[i]);
  }
  CHECK(low >= real(-0.100001));
  CHECK(low < real(-0.099));
  CHECK(high <= real(0.100001));
  CHECK(high > real(0.099));
  real widest = 0;
  for (Index i = 0; i < 50; ++i) widest = std::max(widest, std::abs(layer.bias.data()[i]));
  CHECK(widest <= real(0.100001));
  CHECK(widest > real(0.08));
  const Tensor x = ones({1, 100});
  CHECK_TENSOR_NEAR(Linear(100, 50, same)(x), read(layer(x)), 0);  // nothing but the seed decides
}

TEST_CASE("Linear: two operations a weight and row and one a bias", "[05.9][systems]") {
  Rng rng(1);
  const Linear layer(30, 20, rng);
  const Tensor x = ones({7, 30});
  FlopCounter counter;
  (void)layer(x);
  CHECK(counter.of("matmul") == 2 * 7 * 30 * 20);
  CHECK(counter.total() == 2 * 7 * 30 * 20 + 7 * 20);
}

TEST_CASE("Linear: keeps its result and no copy of the weight", "[05.9][systems]") {
  Rng rng(1);
  const Linear layer(30, 20, rng);
  const Tensor x = ones({7, 30});
  const auto before = memory::stats().live_bytes;
  const Tensor y = layer(x);
  CHECK(y.requires_grad());
  CHECK(memory::stats().live_bytes - before == 7 * 20 * sizeof(real));
}

TEST_CASE("Linear: gradients by hand", "[05.9][core]") {
  const Linear layer = small();
  Tensor x = tensor({1, 0, -1, 2, 1, 0}, {2, 3});
  x.set_requires_grad(true);
  sum(layer(x)).backward();
  CHECK_TENSOR(x.grad(), values({5, 7, 9, 5, 7, 9}, {2, 3}));  // the sum of the weight's rows
  CHECK_TENSOR(layer.weight.grad(), values({3, 1, -1, 3, 1, -1}, {2, 3}));  // the sum of x's rows
  CHECK_TENSOR(layer.bias.grad(), values({2, 2}, {2}));                     // one for each row
}
