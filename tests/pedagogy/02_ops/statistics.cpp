// mean, var and argmax: reductions made of the ones in reduce.cpp, and one that answers with places.
#include <limits>

#include "tensor_close.hpp"

#include <tinytorch/ops.hpp>

using namespace tinytorch;
using namespace tt_test;

namespace {

using Places = std::vector<Index>;

const real infinity = std::numeric_limits<real>::infinity();
const real not_a_number = std::numeric_limits<real>::quiet_NaN();

}  // namespace

TEST_CASE("mean: divides by how many numbers went in", "[02.9][core]") {
  const Tensor x = tensor({1, 2, 3, 4, 5, 6}, {2, 3});
  CHECK_TENSOR(mean(x, 1), values({2, 5}, {2}));
  CHECK_TENSOR(mean(x, 0), values({2.5, 3.5, 4.5}, {3}));
  CHECK_TENSOR(mean(x), values({3.5}, {}));
  CHECK_TENSOR(mean(x, -2, true), values({2.5, 3.5, 4.5}, {1, 3}));
}

TEST_CASE("mean: the count is the product of all reduced sizes", "[02.9][edge]") {
  const Tensor x =
      arange(1, 13).reshape({2, 3, 2});  // sums over 0 and 2: 18, 26, 34, of four numbers each
  CHECK_TENSOR(mean(x, {0, -1}), values({4.5, 6.5, 8.5}, {3}));
  CHECK_TENSOR(mean(x.permute({2, 1, 0}), {-3, 2}, true), values({4.5, 6.5, 8.5}, {1, 3, 1}));
  CHECK_TENSOR(mean(x, Shape{}).select(0, 1).select(0, 2), values({11, 12}, {2}));
  CHECK_TENSOR(mean(scalar(3)), values({3}, {}));
}

TEST_CASE("mean: of no numbers is NaN", "[02.9][edge]") {
  CHECK_TENSOR(mean(zeros({0})), values({not_a_number}, {}));
  CHECK_TENSOR(mean(zeros({2, 0}), 1), values({not_a_number, not_a_number}, {2}));
  CHECK_SHAPE(mean(zeros({2, 0}), 0), {0});
}

TEST_CASE("mean: is made of operations that listeners hear", "[02.9][systems]") {
  // A loop over raw memory would give the same numbers, and module 03 no gradient.
  FlopCounter counter;
  (void)mean(ones({2, 3}), 1);
  CHECK(counter.calls("sum") == 1);
  CHECK(counter.total() == 6 + 2);  // six additions, and one division for each of two slots
}

TEST_CASE("var: the mean squared distance from the mean", "[02.10][core]") {
  const Tensor x = tensor({2, 4, 4, 4, 5, 5, 7, 9});  // mean 5; the squared distances add up to 32
  CHECK_TENSOR(var(x, 0, false, 0), values({4}, {}));
  CHECK_TENSOR(var(x), values({32.0 / 7}, {}));
}

TEST_CASE("var: along an axis each line has a mean of its own", "[02.10][core]") {
  const Tensor x = tensor({1, 3, 10, 30, 5, 5}, {3, 2});  // row means 2, 20, 5
  CHECK_TENSOR(var(x, 1), values({2, 200, 0}, {3}));
  CHECK_TENSOR(var(x, 1, true, 0), values({1, 100, 0}, {3, 1}));
  CHECK_TENSOR(var(x.transpose(0, 1), 0), values({2, 200, 0}, {3}));
  CHECK_TENSOR(var(x.reshape({3, 2, 1}).expand({3, 2, 2}), {1, -1}, false, 0),
               values({1, 100, 0}, {3}));
}

TEST_CASE("var: keeps its digits when the mean is large", "[02.10][edge]") {
  // As floats: 10000.0996, 10000.2002, 10000.2998. Squares of them are 8 apart, so E[x^2] - E[x]^2 is noise.
  const Tensor x = tensor({10000.1f, 10000.2f, 10000.3f});
  CHECK_TENSOR_NEAR(var(x), values({0.01}, {}), 1e-4);
}

TEST_CASE("var: of one number is 0 or with the correction NaN", "[02.10][edge]") {
  CHECK_TENSOR(var(tensor({7, 8}, {2, 1}), 1, false, 0), values({0, 0}, {2}));
  CHECK_TENSOR(var(tensor({7, 8}, {2, 1}), 1), values({not_a_number, not_a_number}, {2}));
  CHECK_TENSOR(var(full({3, 4}, 0.1f), {0, 1}, true, 1), values({0}, {1, 1}));
}

TEST_CASE("var: is made of operations that listeners hear", "[02.10][systems]") {
  FlopCounter counter;
  (void)var(ones({2, 3}), 1);
  CHECK(counter.calls("sum") == 2);  // one for the mean, one for the squared distances
  CHECK(counter.of("sum") == 12);
  CHECK(counter.of("sub") == 6);
}

TEST_CASE("argmax: the place of the largest along an axis", "[02.11][core]") {
  const Tensor x = tensor({1, 9, 2, 4, 5, 6}, {2, 3});
  CHECK(argmax(x, 1).to_vector() == Places{1, 2});
  CHECK(argmax(x, 0).to_vector() == Places{1, 0, 1});
  CHECK(argmax(x, -1, true).shape() == Shape{2, 1});
  CHECK(argmax(x, -2, true).shape() == Shape{1, 3});
  CHECK(argmax(x).item() == 1);
  CHECK(argmax(x.transpose(0, 1)).item() == 2);  // [[1, 4], [9, 5], [2, 6]] in row-major order
}

TEST_CASE("argmax: the first of several equals and NaN before all", "[02.11][edge]") {
  const Tensor x = tensor({1, 9, 9, -infinity, -infinity, -infinity}, {2, 3});
  CHECK(argmax(x, 1).to_vector() == Places{1, 0});
  const Tensor y = tensor({5, not_a_number, infinity, not_a_number}, {1, 4});
  CHECK(argmax(y, 1).to_vector() == Places{1});
  CHECK(argmax(tensor({not_a_number, 1})).item() == 0);
  CHECK(argmax(tensor({-3, -1, -2})).item() == 1);
  CHECK(argmax(scalar(4)).item() == 0);
}

TEST_CASE("argmax: leaves the numbers of its input alone", "[02.11][edge]") {
  const Tensor x = tensor({1, 5, 3, 2, 6, 4}, {3, 2});
  const std::uint64_t version = x.storage()->version();
  CHECK(argmax(x, 0).to_vector() == Places{2, 0});  // columns 1, 3, 6 and 5, 2, 4
  CHECK(argmax(x.slice(0, 1, 3), 0).to_vector() == Places{1, 1});
  CHECK_TENSOR(x, values({1, 5, 3, 2, 6, 4}, {3, 2}));
  CHECK(x.storage()->version() == version);
}

TEST_CASE("argmax: along each axis of a view it agrees with a search", "[02.11][property]") {
  Rng rng(7);
  const Tensor x = randn({4, 6, 5}, rng).slice(1, 1, 6, 2).permute({2, 0, 1});  // [5, 4, 3]
  for (std::size_t axis = 0; axis < 3; ++axis) {
    Shape rest = x.shape();
    rest[axis] = 1;
    Places expected;
    for (Shape index : all_indices(rest)) {
      Index best = 0;
      for (Index i = 1; i < x.shape()[axis]; ++i) {
        Shape candidate = index;
        candidate[axis] = i;
        index[axis] = best;
        if (x.at(candidate) > x.at(index)) best = i;
      }
      expected.push_back(best);
    }
    INFO("axis " << axis);
    CHECK(argmax(x, Index(axis)).to_vector() == expected);
  }
}

TEST_CASE("argmax: of nothing does not exist", "[02.11][errors]") {
  CHECK(argmax(zeros({0, 3}), 1).shape() == Shape{0});  // no lines: no places asked for
  CHECK_THROWS_WITH(argmax(zeros({2, 0}), 1), contains("argmax: expects at least one element"));
  CHECK_THROWS_AS(argmax(zeros({2, 3}), 2), IndexError);
}
