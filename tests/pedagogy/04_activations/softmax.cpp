// softmax: scores to probabilities along one axis. The oracle is a slow formula in doubles.
#include <cmath>
#include <limits>

#include "tensor_close.hpp"

#include <tinytorch/activations.hpp>

using namespace tinytorch;
using namespace tt_test;

namespace {

const double not_a_number = std::numeric_limits<double>::quiet_NaN();

/// exp(x) / sum of exp(x) along an axis, for numbers so small that nothing overflows.
Values slow_softmax(const Tensor& x, std::size_t axis) {
  Values result{{}, x.shape()};
  for (const Shape& index : all_indices(x.shape())) {
    double total = 0;
    for (Index j = 0; j < x.shape()[axis]; ++j) {
      Shape other = index;
      other[axis] = j;
      total += std::exp(double(x.at(other)));
    }
    result.numbers.push_back(std::exp(double(x.at(index))) / total);
  }
  return result;
}

}  // namespace

TEST_CASE("softmax: positive numbers that add up to 1", "[04.11][core]") {
  // By hand: e = 2.718282, e^2 = 7.389056, e^3 = 20.085537; their sum is 30.192875.
  CHECK_TENSOR(softmax(tensor({1, 2, 3}), 0), values({0.0900306, 0.2447285, 0.6652410}, {3}));
  CHECK_TENSOR(softmax(zeros({4}), 0), values({0.25, 0.25, 0.25, 0.25}, {4}));
}

TEST_CASE("softmax: each line along the axis is one of its own", "[04.11][core]") {
  const Tensor x = tensor({1, 2, 3, 1, -1, 0}, {2, 3});
  CHECK_TENSOR(softmax(x, 1), values({0.090030573, 0.244728471, 0.665240956, 0.665240956,
                                      0.090030573, 0.244728471},
                                     {2, 3}));
  // Columns: [1, 1], then [2, -1] and [3, 0], which differ by 3: 1 / (1 + e^-3) = 0.9525741
  CHECK_TENSOR(softmax(x, 0),
               values({0.5, 0.952574127, 0.952574127, 0.5, 0.047425873, 0.047425873}, {2, 3}));
}

TEST_CASE("softmax: the same number added to all changes nothing", "[04.11][edge]") {
  const Values expected = values({0.0900306, 0.2447285, 0.6652410}, {3});
  CHECK_TENSOR(softmax(tensor({10001, 10002, 10003}), 0), expected);
  CHECK_TENSOR(softmax(tensor({-10003, -10002, -10001}), 0), expected);
  CHECK_TENSOR(softmax(tensor({1e4f, -1e4f, 0}), 0), values({1, 0, 0}, {3}));
}

TEST_CASE("softmax: minus infinity is a place that gets exactly 0", "[04.11][edge]") {
  const real masked = -std::numeric_limits<real>::infinity();
  const Tensor y = softmax(tensor({0, masked, 0}), 0);
  CHECK_TENSOR(y, values({0.5, 0, 0.5}, {3}));
  CHECK(y.at({1}) == 0);
  CHECK_TENSOR(softmax(tensor({masked, masked, 3, masked}, {2, 2}), 1),
               values({not_a_number, not_a_number, 1, 0}, {2, 2}));
}

TEST_CASE("softmax: infinity and NaN spoil their own line only", "[04.11][edge]") {
  const real big = std::numeric_limits<real>::infinity();
  const real bad = std::numeric_limits<real>::quiet_NaN();
  CHECK_TENSOR(softmax(tensor({big, 0, bad, 1, 2, 2}, {3, 2}), -1),
               values({not_a_number, not_a_number, not_a_number, not_a_number, 0.5, 0.5}, {3, 2}));
}

TEST_CASE("softmax: any axis of any view", "[04.11][property]") {
  Rng rng(411);
  const Tensor x = randn({4, 3, 5}, rng);
  const std::vector<Tensor> views = {x, x.permute({2, 0, 1}), x.slice(2, 1, 5, 2).slice(0, 1, 4),
                                     x.select(0, 2).unsqueeze(0).expand({2, 3, 5})};
  for (const Tensor& view : views) {
    for (Index axis = 0; axis < 3; ++axis) {
      CAPTURE(view.shape(), view.strides(), axis);
      CHECK_TENSOR(softmax(view, axis), slow_softmax(view, static_cast<std::size_t>(axis)));
      CHECK_TENSOR(softmax(view, axis - 3), slow_softmax(view, static_cast<std::size_t>(axis)));
    }
  }
}

TEST_CASE("softmax: a long line still adds up to 1", "[04.11][systems]") {
  const Tensor y = softmax(zeros({100'000}), 0);  // a sum of 100,000 floats, one by one, drifts
  CHECK(std::abs(double(y.at({99'999})) * 1e5 - 1) < 1e-6);
}

TEST_CASE("softmax: lines of one number, of none, and no lines", "[04.11][edge]") {
  CHECK_TENSOR(softmax(tensor({5, -9}, {2, 1}), 1), values({1, 1}, {2, 1}));
  CHECK_SHAPE(softmax(zeros({2, 0}), 1), {2, 0});
  CHECK_SHAPE(softmax(zeros({0, 3}), 1), {0, 3});
}

TEST_CASE("softmax: an axis that is not there is refused", "[04.11][errors]") {
  CHECK_THROWS_WITH(softmax(zeros({2, 3}), 2),
                    contains("softmax: expects an axis in [-2, 1], got 2"));
  CHECK_THROWS_AS(softmax(scalar(1), 0), IndexError);
  CHECK_TENSOR(softmax(zeros({1, 2}), -1), values({0.5, 0.5}, {1, 2}));
}

TEST_CASE("softmax: the gradients of a line add up to 0", "[04.12][core]") {
  Tensor x = tensor({0, 0, 7, 7}, {2, 2});
  x.set_requires_grad(true);
  softmax(x, 1).backward(tensor({1, 0, 3, 3}, {2, 2}));
  CHECK_TENSOR(x.grad(), values({0.25, -0.25, 0, 0}, {2, 2}));  // 0.5 * (1 - 0.5), 0.5 * (0 - 0.5)
}

TEST_CASE("softmax: the gradient goes along the same axis", "[04.12][core]") {
  // y [1/4, 3/4] in both columns; g [8, 0] and [0, 4]: the sums of g y are 2 and 3.
  const real log3 = std::log(real(3));
  Tensor x = tensor({0, 0, log3, log3}, {2, 2});
  x.set_requires_grad(true);
  softmax(x, 0).backward(tensor({8, 0, 0, 4}, {2, 2}));
  CHECK_TENSOR(x.grad(), values({1.5, -0.75, -1.5, 0.75}, {2, 2}));
}

TEST_CASE("softmax: a masked place gets no gradient and gives none", "[04.12][edge]") {
  const real masked = -std::numeric_limits<real>::infinity();
  Tensor x = tensor({1, masked, 1});
  x.set_requires_grad(true);
  softmax(x, 0).backward(tensor({4, 100, 0}));
  CHECK_TENSOR(x.grad(), values({1, 0, -1}, {3}));  // 0.5 * (4 - 2), 0 * (100 - 2), 0.5 * (0 - 2)
}
