// 06_losses / logsumexp.hpp: the logarithm of a sum of exponentials.
#include <cmath>
#include <limits>

#include <tinytorch/losses.hpp>
#include "tensor_close.hpp"

using namespace tinytorch;
using namespace tt_test;

namespace {
constexpr real inf = std::numeric_limits<real>::infinity();
}

TEST_CASE("logsumexp: small numbers worked by hand", "[06.5][core]") {
  const Tensor x = tensor({0, 0, 1, 2, -1, -1}, {3, 2});
  // log 2; 1 + log(1 + e) = 2.3132617; -1 + log 2
  CHECK_TENSOR(logsumexp(x, 1), values({0.6931472, 2.3132617, -0.3068528}, {3}));
  CHECK_SHAPE(logsumexp(x, 1, true), {3, 1});
  CHECK_TENSOR(logsumexp(x, -2), values({1.4076060, 2.1698460}, {2}));  // down the columns
}

TEST_CASE("logsumexp: huge and tiny numbers stay finite", "[06.5][edge]") {
  const Tensor x = tensor({1000, 1000, -1000, -1000, 10000, -10000}, {3, 2});
  CHECK_TENSOR(logsumexp(x, 1), values({1000.6931472, -999.3068528, 10000}, {3}));
}

TEST_CASE("logsumexp: infinities mean all or nothing and nan stays nan", "[06.5][edge]") {
  const real none = std::numeric_limits<real>::quiet_NaN();
  const Tensor x = tensor({-inf, 3, -inf, -inf, inf, 1, none, 1}, {4, 2});
  CHECK_TENSOR(logsumexp(x, 1), values({3, -inf, inf, double(none)}, {4}));
  CHECK_TENSOR(logsumexp(zeros({2, 0}), 1), values({-inf, -inf}, {2}));
}

TEST_CASE("logsumexp: any axis of a view", "[06.5][edge]") {
  const Tensor x = tensor({0, 1, 2, 3, 4, 5, 6, 7}, {2, 2, 2});
  // log(e^0 + e^4) = 4.0181499, and each next is larger by 1
  CHECK_TENSOR(logsumexp(x, 0), values({4.0181499, 5.0181499, 6.0181499, 7.0181499}, {2, 2}));
  CHECK_TENSOR(logsumexp(x.permute({2, 1, 0}), 2),
               values({4.0181499, 6.0181499, 5.0181499, 7.0181499}, {2, 2}));
  CHECK_THROWS_WITH(logsumexp(x, 3), contains("logsumexp"));
}

TEST_CASE("logsumexp: the gradient is each number's share", "[06.6][core]") {
  Tensor x = tensor({0, 0, 1000, 0, 1, 2}, {3, 2});
  x.set_requires_grad(true);
  logsumexp(x, 1).backward(tensor({1, 2, 3}));
  // halves; all of 2 for the large one; 3 e / (e + e^2) = 0.8068243 and 2.1931757
  CHECK_TENSOR(x.grad(), values({0.5, 0.5, 2, 0, 0.8068243, 2.1931757}, {3, 2}));
}

TEST_CASE("logsumexp: the gradient goes along the axis that was taken", "[06.6][edge]") {
  Tensor x = tensor({0, 5, 0, 5}, {2, 2});
  x.set_requires_grad(true);
  logsumexp(x, 0).backward(tensor({2, 4}));
  CHECK_TENSOR(x.grad(), values({1, 2, 1, 2}, {2, 2}));
}
