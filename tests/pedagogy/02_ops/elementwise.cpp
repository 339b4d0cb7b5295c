// Elementwise operations: one formula, every element, whatever the layout of the input in memory.
//
// map_unary is the kernel; exp, log, ... are its formulas. The operators + - * / go through map_binary.
#include <limits>

#include "tensor_close.hpp"

#include <tinytorch/ops.hpp>

using namespace tinytorch;
using namespace tt_test;

namespace {

const real infinity = std::numeric_limits<real>::infinity();
const real not_a_number = std::numeric_limits<real>::quiet_NaN();

real square_plus_one(real x) { return x * x + 1; }

}  // namespace

TEST_CASE("map_unary: the formula meets each element once", "[02.2][core]") {
  const Tensor x = tensor({0, 1, 2, -3, 4, 5}, {2, 3});
  CHECK_TENSOR(map_unary(x, square_plus_one), values({1, 2, 5, 10, 17, 26}, {2, 3}));
  CHECK_TENSOR(x, values({0, 1, 2, -3, 4, 5}, {2, 3}));  // and x is what it was
}

TEST_CASE("map_unary: the named functions compute what their names say", "[02.2][core]") {
  CHECK_TENSOR(exp(tensor({0, 1, -1})), values({1, 2.718281828, 0.367879441}, {3}));
  CHECK_TENSOR(log(tensor({1, 10, 0.5f})), values({0, 2.302585093, -0.693147181}, {3}));
  CHECK_TENSOR(sqrt(tensor({0, 2.25f, 16})), values({0, 1.5, 4}, {3}));
  CHECK_TENSOR(tanh(tensor({0, 1, -20})), values({0, 0.761594156, -1}, {3}));
  CHECK_TENSOR(abs(tensor({-2, 0, 3})), values({2, 0, 3}, {3}));
  CHECK_TENSOR(sign(tensor({-2, 0, 3})), values({-1, 0, 1}, {3}));
  CHECK_TENSOR(neg(tensor({-2, 0, 3})), values({2, 0, -3}, {3}));
  CHECK_TENSOR(pow(tensor({-2, 3, 0.5f}), 3), values({-8, 27, 0.125}, {3}));
}

TEST_CASE("map_unary: a transposed view is read along its strides", "[02.2][edge]") {
  const Tensor x = tensor({1, 2, 3, 4, 5, 6}, {2, 3});
  const Tensor y = neg(x.transpose(0, 1));
  CHECK_TENSOR(y, values({-1, -4, -2, -5, -3, -6}, {3, 2}));
  CHECK(y.is_contiguous());
}

TEST_CASE("map_unary: a view may begin anywhere and step over numbers", "[02.2][edge]") {
  const Tensor x = tensor({0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}, {3, 4});
  CHECK_TENSOR(neg(x.slice(0, 1, 3)), values({-4, -5, -6, -7, -8, -9, -10, -11}, {2, 4}));
  CHECK_TENSOR(neg(x.slice(1, 1, 4, 2)), values({-1, -3, -5, -7, -9, -11}, {3, 2}));
  CHECK_TENSOR(neg(x.select(1, 2)), values({-2, -6, -10}, {3}));
  CHECK_TENSOR(neg(x.slice(1, 3, 4).expand({3, 2})), values({-3, -3, -7, -7, -11, -11}, {3, 2}));
}

TEST_CASE("map_unary: a scalar has one element and an empty tensor none", "[02.2][edge]") {
  CHECK_TENSOR(neg(scalar(5)), values({-5}, {}));
  CHECK_TENSOR(neg(tensor({1, 2, 3}).select(0, 2)), values({-3}, {}));
  CHECK_SHAPE(exp(zeros({2, 0, 3})), {2, 0, 3});
  CHECK_SHAPE(exp(zeros({2, 0, 3}).permute({2, 0, 1})), {3, 2, 0});
}

TEST_CASE("map_unary: NaN and infinity pass through as the C++ functions hand them on",
          "[02.2][edge]") {
  CHECK_TENSOR(exp(tensor({infinity, -infinity, not_a_number})),
               values({infinity, 0, not_a_number}, {3}));
  CHECK_TENSOR(log(tensor({0, -1, infinity})), values({-infinity, not_a_number, infinity}, {3}));
  CHECK_TENSOR(abs(tensor({-infinity, not_a_number})), values({infinity, not_a_number}, {2}));
}

TEST_CASE("map_unary: every permutation agrees with reading number by number", "[02.2][property]") {
  Rng rng(3);
  const Tensor x = randn({3, 4, 2, 5}, rng).slice(3, 1, 5).slice(1, 0, 4, 3);  // [3, 2, 2, 4]
  Shape order{0, 1, 2, 3};
  do {
    const Tensor view = x.permute(order);
    Values expected = read(view);
    for (double& number : expected.numbers) number = number * number + 1;
    INFO("order " << order);
    CHECK_TENSOR(map_unary(view, square_plus_one), expected);
  } while (std::next_permutation(order.begin(), order.end()));
}

TEST_CASE("map_unary: one call of the formula and one allocation whatever the layout",
          "[02.2][systems]") {
  const Tensor x = ones({6, 7});
  for (const Tensor& view : {x, x.transpose(0, 1), x.slice(1, 0, 7, 2)}) {
    Index calls = 0;
    const memory::Stats before = memory::stats();
    const Tensor y = map_unary(view, [&](real value) {
      ++calls;
      return value;
    });
    const memory::Stats after = memory::stats();
    INFO("strides " << view.strides());
    CHECK(calls == view.numel());
    CHECK(after.allocations - before.allocations == 1);  // no contiguous copy of a view on the way
    CHECK(after.allocated_bytes - before.allocated_bytes == std::uint64_t(y.nbytes()));
  }
}

TEST_CASE("map_binary: maximum and minimum keep NaN on either side", "[02.3][edge]") {
  const Tensor x = tensor({1, not_a_number, 3}), y = tensor({not_a_number, 2, 2});
  CHECK_TENSOR(maximum(x, y), values({not_a_number, not_a_number, 3}, {3}));
  CHECK_TENSOR(minimum(x, y), values({not_a_number, not_a_number, 2}, {3}));
  CHECK_TENSOR(maximum(x, scalar(2)), values({2, not_a_number, 3}, {3}));
  CHECK_TENSOR(minimum(scalar(2), x), values({1, not_a_number, 2}, {3}));
}

TEST_CASE("map_binary: comparisons give 1 and 0 and broadcast", "[02.3][core]") {
  const Tensor x = tensor({1, 2, 3}), two = scalar(2);
  CHECK_TENSOR(gt(x, two), values({0, 0, 1}, {3}));
  CHECK_TENSOR(ge(x, two), values({0, 1, 1}, {3}));
  CHECK_TENSOR(lt(x, two), values({1, 0, 0}, {3}));
  CHECK_TENSOR(le(two, x), values({0, 1, 1}, {3}));
  CHECK_TENSOR(eq(x, two), values({0, 1, 0}, {3}));
  CHECK_TENSOR(ne(x, x.unsqueeze(1)), values({0, 1, 1, 1, 0, 1, 1, 1, 0}, {3, 3}));
}

TEST_CASE("map_binary: add_ and mul_ write through a view and may read from it", "[02.3][edge]") {
  const Tensor x = tensor({1, 2, 3, 4}, {2, 2});
  Tensor column = x.select(1, 1);
  column.add_(scalar(10));
  CHECK_TENSOR(x, values({1, 12, 3, 14}, {2, 2}));
  column.sub_(tensor({2, 4}));
  CHECK_TENSOR(x, values({1, 10, 3, 10}, {2, 2}));
  Tensor y = tensor({1, 2, 3, 4}, {2, 2});
  const std::uint64_t version = y.storage()->version();
  y.add_(y.transpose(0, 1), 10);  // y + 10 y': [[1 + 10, 2 + 30], [3 + 20, 4 + 40]]
  CHECK_TENSOR(y, values({11, 32, 23, 44}, {2, 2}));
  y.mul_(tensor({1, 0}));
  CHECK_TENSOR(y, values({11, 0, 23, 0}, {2, 2}));
  CHECK(y.storage()->version() == version + 2);
}

TEST_CASE("map_binary: an elementwise operation counts one flop an element of its result",
          "[02.3][systems]") {
  FlopCounter counter;
  (void)(ones({8, 1}) * ones({5}));  // 40 products, although only 13 numbers go in
  (void)exp(ones({8, 5}));
  CHECK(counter.of("mul") == 40);
  CHECK(counter.of("exp") == 40);
  CHECK(counter.calls("expand") == 0);  // the views inside are nobody's business
}
