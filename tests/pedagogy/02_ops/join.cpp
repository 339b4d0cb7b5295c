// cat joins tensors along an axis that they have; stack along a new one.
#include "tensor_close.hpp"

#include <tinytorch/ops.hpp>

using namespace tinytorch;
using namespace tt_test;

TEST_CASE("cat: one after another along an axis", "[02.12][core]") {
  const Tensor x = tensor({1, 2, 3, 4, 5, 6}, {2, 3});
  CHECK_TENSOR(cat({x, tensor({7, 8}, {2, 1})}, 1), values({1, 2, 3, 7, 4, 5, 6, 8}, {2, 4}));
  CHECK_TENSOR(cat({x, tensor({7, 8, 9}, {1, 3})}),
               values({1, 2, 3, 4, 5, 6, 7, 8, 9}, {3, 3}));  // axis 0 unless told
  CHECK_TENSOR(cat({tensor({1}), tensor({2, 3}), tensor({4})}, -1), values({1, 2, 3, 4}, {4}));
}

TEST_CASE("cat: along the middle axis of three", "[02.12][core]") {
  const Tensor x = arange(8).reshape({2, 2, 2});
  const Tensor y = tensor({-1, -2, -3, -4}, {2, 1, 2});
  CHECK_TENSOR(cat({x, y}, 1), values({0, 1, 2, 3, -1, -2, 4, 5, 6, 7, -3, -4}, {2, 3, 2}));
  CHECK_TENSOR(cat({y, x}, -2), values({-1, -2, 0, 1, 2, 3, -3, -4, 4, 5, 6, 7}, {2, 3, 2}));
}

TEST_CASE("cat: takes views and empty tensors and the same tensor twice", "[02.12][edge]") {
  const Tensor x = tensor({1, 2, 3, 4, 5, 6}, {2, 3});
  CHECK_TENSOR(cat({x.transpose(0, 1), x.slice(1, 1, 3)}, 0),
               values({1, 4, 2, 5, 3, 6, 2, 3, 5, 6}, {5, 2}));
  CHECK_TENSOR(cat({x, zeros({2, 0}), x.slice(1, 0, 3, 2)}, 1),
               values({1, 2, 3, 1, 3, 4, 5, 6, 4, 6}, {2, 5}));
  CHECK_TENSOR(cat({x.select(0, 1), x.select(0, 1)}), values({4, 5, 6, 4, 5, 6}, {6}));
  CHECK_TENSOR(cat({tensor({5}, {1, 1}).expand({2, 1}), ones({2, 1})}, 1),
               values({5, 1, 5, 1}, {2, 2}));
}

TEST_CASE("cat: always copies even a single tensor", "[02.12][edge]") {
  const Tensor x = tensor({1, 2, 3});
  Tensor y = cat({x});
  CHECK_FALSE(y.shares_storage_with(x));
  y.fill_(0);
  CHECK_TENSOR(x, values({1, 2, 3}, {3}));
}

TEST_CASE("cat: what slice takes apart cat puts together", "[02.12][property]") {
  Rng rng(8);
  const Tensor x = randn({5, 4, 6}, rng).permute({1, 2, 0});  // [4, 6, 5]
  for (const Index axis : {0, 1, 2}) {
    INFO("axis " << axis);
    const Index n = x.size(axis);
    CHECK_TENSOR(cat({x.slice(axis, 0, 1), x.slice(axis, 1, 3), x.slice(axis, 3, n)}, axis),
                 read(x));
  }
}

TEST_CASE("cat: one allocation and every byte of the result once", "[02.12][systems]") {
  const Tensor x = ones({20, 30}), y = ones({20, 5});
  FlopCounter counter;
  const memory::Stats before = memory::stats();
  const Tensor joined = cat({x, y}, 1);
  const memory::Stats after = memory::stats();
  CHECK(after.allocations - before.allocations == 1);
  CHECK(after.allocated_bytes - before.allocated_bytes == 20 * 35 * sizeof(real));
  CHECK(counter.calls("cat") == 1);  // the slices inside are not told
  CHECK(counter.total() == 0);       // bytes move, nothing is computed
}

TEST_CASE("cat: sizes off the axis must agree", "[02.12][errors]") {
  CHECK_SHAPE(cat({ones({2, 3}), ones({5, 3})}, 0), {7, 3});
  CHECK_THROWS_WITH(
      cat({ones({2, 3}), ones({5, 3})}, 1),
      contains("cat: expects sizes that agree outside axis 1, got [2, 3] and [5, 3]"));
  CHECK_THROWS_AS(cat({ones({2, 3}), ones({3})}, 0), ShapeError);
  CHECK_THROWS_AS(cat({ones({2, 3})}, 2), IndexError);
  CHECK_THROWS_AS(cat(std::vector<Tensor>{}), ValueError);
}

TEST_CASE("stack: joins along a new axis at any place", "[02.13][02.12][core]") {
  const Tensor x = tensor({1, 2}), y = tensor({3, 4}), z = tensor({5, 6});
  CHECK_TENSOR(stack({x, y, z}), values({1, 2, 3, 4, 5, 6}, {3, 2}));
  CHECK_TENSOR(stack({x, y, z}, 1), values({1, 3, 5, 2, 4, 6}, {2, 3}));
  CHECK_TENSOR(stack({x, y, z}, -1), values({1, 3, 5, 2, 4, 6}, {2, 3}));
  CHECK_TENSOR(stack({x, y, z}, -2), values({1, 2, 3, 4, 5, 6}, {3, 2}));
}

TEST_CASE("stack: scalars make a vector and matrices a batch", "[02.13][edge]") {
  CHECK_TENSOR(stack({scalar(4), scalar(5), scalar(6)}), values({4, 5, 6}, {3}));
  const Tensor x = tensor({1, 2, 3, 4, 5, 6}, {3, 2});
  const Tensor y =
      tensor({10, 20, 30, 40, 50, 60}, {2, 3}).transpose(0, 1);  // [[10, 40], [20, 50], [30, 60]]
  CHECK_TENSOR(stack({x, y}, 0), values({1, 2, 3, 4, 5, 6, 10, 40, 20, 50, 30, 60}, {2, 3, 2}));
  CHECK_TENSOR(stack({x, y}, 1), values({1, 2, 10, 40, 3, 4, 20, 50, 5, 6, 30, 60}, {3, 2, 2}));
  CHECK_TENSOR(stack({x, y}, 2), values({1, 10, 2, 40, 3, 20, 4, 50, 5, 30, 6, 60}, {3, 2, 2}));
}

TEST_CASE("stack: refuses tensors of different shapes and axes that cannot be", "[02.13][errors]") {
  CHECK_SHAPE(stack({ones({2, 3}), ones({2, 3})}, 2), {2, 3, 2});
  CHECK_THROWS_WITH(stack({ones({2, 3}), ones({2, 1})}),
                    contains("stack: expects tensors of one shape, got [2, 3] and [2, 1]"));
  CHECK_THROWS_AS(stack({ones({2}), ones({2})}, 2), IndexError);
}
