// logsumexp: a maximum with soft edges, along one axis. The oracle is a slow formula in doubles.
#include <cmath>
#include <limits>

#include "tensor_close.hpp"

#include <tinytorch/losses.hpp>

using namespace tinytorch;
using namespace tt_test;

namespace {

const real infinity = std::numeric_limits<real>::infinity();

/// For numbers so small that nothing overflows; the result lacks the axis.
Values slow_logsumexp(const Tensor& x, std::size_t axis) {
  Shape shape = x.shape();
  shape.erase(axis);
  Values result{{}, shape};
  for (const Shape& rest : all_indices(shape)) {
    double total = 0;
    for (Index j = 0; j < x.shape()[axis]; ++j) {
      Shape index = rest;
      index.insert(axis, j);
      total += std::exp(double(x.at(index)));
    }
    result.numbers.push_back(std::log(total));
  }
  return result;
}

}  // namespace

TEST_CASE("logsumexp: the logarithm of a sum of exponentials", "[06.5][core]") {
  // log(e + e^2 + e^3) = log(30.192875);  log(1 + 1 + e^-1) = log(2.3678794)
  CHECK_TENSOR(logsumexp(tensor({1, 2, 3, 0, 0, -1}, {2, 3}), 1),
               values({3.4076060, 0.8619948}, {2}));
  CHECK_TENSOR(logsumexp(zeros({2}), 0), values({0.6931472}, {}));
}

TEST_CASE("logsumexp: along either axis and with the axis kept", "[06.5][core]") {
  const Tensor x = tensor({0, 3, 0, -infinity}, {2, 2});
  CHECK_TENSOR(logsumexp(x, 1), values({3.0485874, 0}, {2}));  // log(1 + e^3)
  CHECK_TENSOR(logsumexp(x, 0), values({0.6931472, 3}, {2}));
  CHECK_TENSOR(logsumexp(x, -1, true), values({3.0485874, 0}, {2, 1}));
  CHECK_TENSOR(logsumexp(x, -2, true), values({0.6931472, 3}, {1, 2}));
}

TEST_CASE("logsumexp: large numbers give neither inf nor 0", "[06.5][edge]") {
  CHECK_TENSOR(logsumexp(tensor({1000, 1000}), 0), values({1000.6931472}, {}));
  CHECK_TENSOR(logsumexp(tensor({-1000, -1000}), 0), values({-999.3068528}, {}));
  CHECK_TENSOR(logsumexp(tensor({1e4f, -1e4f}), 0), values({1e4}, {}));
  CHECK_TENSOR(logsumexp(tensor({0, 1000}), 0), values({1000}, {}));  // the largest is not the first
}

TEST_CASE("logsumexp: minus infinity adds nothing", "[06.5][edge]") {
  CHECK_TENSOR(logsumexp(tensor({-1000, -infinity}), 0), values({-1000}, {}));
  CHECK(logsumexp(tensor({-infinity, -infinity}), 0).item() == -infinity);
  CHECK(logsumexp(tensor({infinity, 1}), 0).item() == infinity);
  CHECK(logsumexp(tensor({-infinity, infinity}), 0).item() == infinity);
}

TEST_CASE("logsumexp: NaN comes out wherever it stands", "[06.5][edge]") {
  const real bad = std::numeric_limits<real>::quiet_NaN();
  const Tensor y = logsumexp(tensor({bad, 1, 1, bad, bad, bad, 0, 0}, {4, 2}), 1);
  CHECK(std::isnan(y.at({0})));
  CHECK(std::isnan(y.at({1})));
  CHECK(std::isnan(y.at({2})));
  CHECK_TENSOR(y.slice(0, 3, 4), values({0.6931472}, {1}));
}

TEST_CASE("logsumexp: lines of one number and of none", "[06.5][edge]") {
  CHECK_TENSOR(logsumexp(tensor({5, -7}, {2, 1}), 1), values({5, -7}, {2}));
  CHECK_TENSOR(logsumexp(zeros({2, 0}), 1), values({-double(infinity), -double(infinity)}, {2}));
  CHECK_SHAPE(logsumexp(zeros({0, 3}), 1), {0});
}

TEST_CASE("logsumexp: any axis of any view", "[06.5][property]") {
  Rng rng(65);
  const Tensor x = randn({4, 3, 5}, rng);
  const std::vector<Tensor> views = {x, x.permute({2, 0, 1}), x.slice(2, 1, 5, 2).slice(0, 1, 4),
                                     x.select(0, 2).unsqueeze(0).expand({2, 3, 5})};
  for (const Tensor& view : views) {
    for (std::size_t axis = 0; axis < 3; ++axis) {
      CAPTURE(view.shape(), view.strides(), axis);
      CHECK_TENSOR(logsumexp(view, Index(axis)), slow_logsumexp(view, axis));
    }
  }
}

TEST_CASE("logsumexp: a long line keeps its digits", "[06.5][systems]") {
  // log(1 + 200000 e^-1). Added up in float, one by one, the sum drifts.
  Tensor x = full({200'001}, -1);
  x.set({0}, 0);
  CHECK_TENSOR_NEAR(logsumexp(x, 0), values({11.20608624}, {}), 1e-6);
}

TEST_CASE("logsumexp: an axis that is not there is refused", "[06.5][errors]") {
  CHECK_THROWS_WITH(logsumexp(zeros({2, 3}), 2),
                    contains("logsumexp: expects an axis in [-2, 1], got 2"));
  CHECK_THROWS_AS(logsumexp(scalar(1), 0), IndexError);
  CHECK_TENSOR(logsumexp(zeros({1, 1}), -2), values({0}, {1}));
}

TEST_CASE("logsumexp: the gradient is each number's share", "[06.6][core]") {
  Tensor x = tensor({0, 0, 1000, 0}, {2, 2});
  x.set_requires_grad(true);
  logsumexp(x, 1).backward(tensor({1, 2}));
  CHECK_TENSOR(x.grad(), values({0.5, 0.5, 2, 0}, {2, 2}));
}

TEST_CASE("logsumexp: the gradient goes along the same axis", "[06.6][core]") {
  const real log3 = std::log(real(3));
  Tensor x = tensor({0, log3, 5, log3, 0, 5}, {2, 3});  // columns: shares 1/4 3/4, 3/4 1/4, 1/2 1/2
  x.set_requires_grad(true);
  logsumexp(x, 0, true).backward(tensor({4, 8, 2}, {1, 3}));
  CHECK_TENSOR(x.grad(), values({1, 6, 1, 3, 2, 1}, {2, 3}));
}

TEST_CASE("logsumexp: the gradient is as exact at ten thousand as at 0", "[06.6][edge]") {
  const real log3 = std::log(real(3));
  Tensor x = tensor({10000, 10001, -infinity});
  x.set_requires_grad(true);
  logsumexp(x, 0).backward();
  CHECK_TENSOR(x.grad(), values({0.2689414, 0.7310586, 0}, {3}));  // 1 / (1 + e)
  Tensor one = tensor({log3});
  one.set_requires_grad(true);
  logsumexp(one, 0).backward();
  CHECK_TENSOR(one.grad(), values({1}, {1}));
}
