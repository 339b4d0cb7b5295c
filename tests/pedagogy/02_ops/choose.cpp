// where chooses element by element; allclose asks whether two tensors agree but for rounding.
#include <limits>

#include "tensor_close.hpp"

#include <tinytorch/ops.hpp>

using namespace tinytorch;
using namespace tt_test;

namespace {

const real infinity = std::numeric_limits<real>::infinity();
const real not_a_number = std::numeric_limits<real>::quiet_NaN();

}  // namespace

TEST_CASE("where: takes the first choice where the condition holds", "[02.4][core]") {
  CHECK_TENSOR(where(tensor({1, 0, 1}), tensor({1, 2, 3}), tensor({-1, -1, -1})),
               values({1, -1, 3}, {3}));
  CHECK(where(scalar(0), scalar(7), scalar(8)).item() == 8);
  CHECK(where(scalar(1), scalar(7), scalar(8)).item() == 7);
}

TEST_CASE("where: condition and both choices broadcast", "[02.4][core]") {
  // [2, 1], [3] and [] make [2, 3]: the first row is all no, the second all yes.
  CHECK_TENSOR(where(tensor({0, 1}, {2, 1}), tensor({1, 2, 3}), scalar(9)),
               values({9, 9, 9, 1, 2, 3}, {2, 3}));
  CHECK_TENSOR(where(tensor({0, 1}), scalar(5), tensor({6, 7}, {2, 1})),
               values({6, 5, 7, 5}, {2, 2}));
  CHECK_SHAPE(where(zeros({0}), ones({2, 1}), scalar(1)), {2, 0});
}

TEST_CASE("where: what is not chosen leaves no trace even if it is NaN or infinite",
          "[02.4][edge]") {
  // Arithmetic such as c * yes + (1 - c) * no would give NaN here.
  const Tensor condition = tensor({1, 0, 1});
  CHECK_TENSOR(where(condition, tensor({5, infinity, 6}), tensor({not_a_number, 7, -infinity})),
               values({5, 7, 6}, {3}));
  CHECK_TENSOR(where(condition, tensor({infinity, 1, not_a_number}), scalar(0)),
               values({infinity, 0, not_a_number}, {3}));
}

TEST_CASE("where: every number but 0 counts as true", "[02.4][edge]") {
  const Tensor condition = tensor({0.5f, -1, 0, -0.0f, not_a_number, infinity});
  CHECK_TENSOR(where(condition, scalar(1), scalar(2)), values({1, 1, 2, 2, 1, 1}, {6}));
}

TEST_CASE("where: each of the three is read along its own strides", "[02.4][edge]") {
  const Tensor condition =
      tensor({1, 0, 0, 1, 1, 0}, {3, 2}).transpose(0, 1);           // [[1, 0, 1], [0, 1, 0]]
  const Tensor yes = arange(12).reshape({2, 6}).slice(1, 1, 6, 2);  // [[1, 3, 5], [7, 9, 11]]
  const Tensor no = tensor({-1, -2, -3, -4}).slice(0, 1, 4);        // [-2, -3, -4]
  CHECK_TENSOR(where(condition, yes, no), values({1, -3, 5, -2, 9, -4}, {2, 3}));
}

TEST_CASE("where: random views agree with a choice number by number", "[02.4][property]") {
  Rng rng(4);
  const Tensor condition = gt(randn({4, 3, 5}, rng).permute({2, 0, 1}), zeros({5, 4, 3}));
  const Tensor yes = randn({3, 5}, rng).transpose(0, 1).unsqueeze(1);  // [5, 1, 3]
  const Tensor no = randn({8, 3}, rng).slice(0, 1, 8, 2);              // [4, 3]
  Values expected{{}, {5, 4, 3}};
  for (const Shape& i : all_indices({5, 4, 3})) {
    expected.numbers.push_back(condition.at(i) != 0 ? yes.at({i[0], 0, i[2]})
                                                    : no.at({i[1], i[2]}));
  }
  CHECK_TENSOR(where(condition, yes, no), expected);
}

TEST_CASE("where: broadcasting copies none of the three", "[02.4][systems]") {
  const Tensor condition = ones({30, 1}), yes = ones({1, 20}), no = scalar(0);
  const memory::Stats before = memory::stats();
  const Tensor chosen = where(condition, yes, no);
  const memory::Stats after = memory::stats();
  CHECK(after.allocations - before.allocations == 1);
  CHECK(after.allocated_bytes - before.allocated_bytes == std::uint64_t(chosen.nbytes()));
}

TEST_CASE("where: shapes that do not go together are refused in its name", "[02.1][02.4][errors]") {
  CHECK_THROWS_WITH(where(ones({2}), ones({3}), ones({3})),
                    contains("where: cannot broadcast [2] with [3]"));
  CHECK_THROWS_AS(where(ones({3}), ones({3}), ones({2})), ShapeError);
}

TEST_CASE("allclose: close means relative to the second tensor plus a little", "[02.5][core]") {
  CHECK(allclose(tensor({100, -100}), tensor({100.0005f, -100.0005f})));  // 0.0005 <= 1e-5 * 100
  CHECK_FALSE(allclose(tensor({100}), tensor({100.01f})));
  CHECK_FALSE(allclose(tensor({-5}), tensor({5})));
  CHECK(allclose(tensor({0}), tensor({1e-9f})));
  CHECK_FALSE(allclose(tensor({1e-3f}), tensor({0})));
  CHECK(allclose(tensor({1e-3f}), tensor({0}), 0, 1e-2));
  // |1 - 2| <= 0.5 * 2, but |2 - 1| > 0.5 * 1: it is the second one that the tolerance is taken from.
  CHECK(allclose(tensor({1}), tensor({2}), 0.5, 0));
  CHECK_FALSE(allclose(tensor({2}), tensor({1}), 0.5, 0));
}

TEST_CASE("allclose: one element that differs is enough", "[02.5][core]") {
  const Tensor x = tensor({1, 2, 3, 4});
  CHECK(allclose(x, tensor({1, 2, 3, 4})));
  CHECK_FALSE(allclose(x, tensor({9, 2, 3, 4})));
  CHECK_FALSE(allclose(x, tensor({1, 2, 9, 4})));
  CHECK_FALSE(allclose(x, tensor({1, 2, 3, 9})));
}

TEST_CASE("allclose: infinity equals itself and NaN equals nothing", "[02.5][edge]") {
  CHECK(allclose(tensor({infinity, -infinity}), tensor({infinity, -infinity})));
  CHECK_FALSE(allclose(tensor({infinity}), tensor({-infinity})));
  CHECK_FALSE(allclose(tensor({infinity}), tensor({1})));
  CHECK_FALSE(allclose(tensor({1}), tensor({infinity})));  // rtol * infinity would allow everything
  CHECK_FALSE(allclose(tensor({not_a_number}), tensor({not_a_number})));
  CHECK_FALSE(allclose(tensor({not_a_number}), tensor({1})));
  CHECK_FALSE(allclose(tensor({1}), tensor({not_a_number})));
}

TEST_CASE("allclose: shapes broadcast and layouts do not matter", "[02.5][edge]") {
  CHECK(allclose(ones({2, 3}), scalar(1)));
  CHECK_FALSE(allclose(ones({2, 3}), tensor({1, 1, 2})));
  const Tensor x = tensor({1, 2, 3, 4, 5, 6}, {2, 3});
  CHECK(allclose(x.transpose(0, 1), tensor({1, 4, 2, 5, 3, 6}, {3, 2})));
  CHECK_FALSE(allclose(x.transpose(0, 1), tensor({1, 2, 3, 4, 5, 6}, {3, 2})));
  CHECK(allclose(zeros({0}), ones({0})));  // nothing differs
  CHECK_THROWS_AS((void)allclose(ones({2}), ones({3})), ShapeError);
}
