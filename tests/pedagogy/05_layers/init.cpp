// The first values of weights: formulas on small shapes, and moments of many draws.
#include "tensor_close.hpp"

#include <tinytorch/layers.hpp>

using namespace tinytorch;
using namespace tt_test;

namespace {

bool near(double a, double b) { return std::abs(a - b) <= 1e-12 * std::abs(b); }

struct Moments {
  double mean = 0, variance = 0, largest = 0;
};

Moments moments(const Tensor& t) {
  Moments m;
  const double n = double(t.numel());
  for (Index i = 0; i < t.numel(); ++i) {
    m.mean += double(t.data()[i]) / n;
    m.largest = std::max(m.largest, double(std::abs(t.data()[i])));
  }
  for (Index i = 0; i < t.numel(); ++i) {
    m.variance += (double(t.data()[i]) - m.mean) * (double(t.data()[i]) - m.mean) / n;
  }
  return m;
}

/// Do mean and variance of 100,000 draws lie within 5 standard deviations of what they should be?
/// The mean of n draws strays by std / sqrt(n), their variance by std^2 sqrt((kurtosis - 1) / n);
/// the kurtosis is 3 for the normal and 9/5 for the uniform distribution.
void check_moments(const Tensor& t, double std, double kurtosis) {
  REQUIRE(t.numel() == 100'000);
  const Moments m = moments(t);
  const double n = 100'000;
  CHECK(std::abs(m.mean) < 5 * std / std::sqrt(n));
  CHECK(std::abs(m.variance - std * std) < 5 * std * std * std::sqrt((kurtosis - 1) / n));
  const double bound = std::sqrt(3.0) * std;
  if (kurtosis < 3) {
    CHECK(m.largest <= bound * (1 + 1e-6));
    CHECK(m.largest > bound * 0.999);
  } else {
    CHECK(m.largest > 3.5 * std);  // a normal number is not bounded
  }
}

const Shape wide{250, 400};  // fans: in 400, out 250

}  // namespace

TEST_CASE("calculate_fans: of a matrix and of a kernel", "[05.6][core]") {
  const init::Fans matrix = init::calculate_fans({128, 784});
  CHECK(matrix.in == 784);
  CHECK(matrix.out == 128);
  const init::Fans kernel = init::calculate_fans({32, 3, 5, 4});  // windows of 20
  CHECK(kernel.in == 60);
  CHECK(kernel.out == 640);
}

TEST_CASE("calculate_fans: windows of one axis and of three", "[05.6][edge]") {
  CHECK(init::calculate_fans({4, 2, 3}).in == 6);
  CHECK(init::calculate_fans({4, 2, 3}).out == 12);
  CHECK(init::calculate_fans({4, 2, 3, 1, 2}).in == 12);
  CHECK(init::calculate_fans({4, 0}).in == 0);
}

TEST_CASE("calculate_fans: refuses what has no inputs and outputs", "[05.6][errors]") {
  CHECK_THROWS_WITH(init::calculate_fans({5}),
                    contains("calculate_fans: expects a weight [out, in, ...], got [5]"));
  CHECK_THROWS_AS(init::calculate_fans({}), ShapeError);
  CHECK(init::calculate_fans({5, 1}).out == 5);
}

TEST_CASE("xavier_std: worked numbers", "[05.7][core]") {
  CHECK(near(init::xavier_std({6, 2}), 0.5));                 // the mean of the fans is 4
  CHECK(near(init::xavier_std({6, 2}, {.gain = 2}), 1));      // the gain is not under the root
  CHECK(near(init::xavier_std({2, 1}), std::sqrt(2.0 / 3)));  // 3 is odd: no whole-number division
  CHECK(near(init::xavier_std({32, 3, 5, 5}), std::sqrt(2.0 / 875)));
}

TEST_CASE("xavier: a hundred thousand draws", "[05.7][property]") {
  Rng rng(1);
  const double std = std::sqrt(1.0 / 325);  // the mean of 400 and 250
  check_moments(init::xavier_normal(wide, rng), std, 3);
  check_moments(init::xavier_uniform(wide, rng), std, 1.8);
}

TEST_CASE("kaiming_std: worked numbers", "[05.8][core]") {
  CHECK(near(init::kaiming_std({5, 8}), 0.5));  // sqrt(2) / sqrt(8)
  CHECK(near(init::kaiming_std({5, 8}, {.a = 1}), 1 / std::sqrt(8.0)));
  CHECK(near(init::kaiming_std({8, 5}, {.mode = init::FanMode::out}), 0.5));
  CHECK(near(init::kaiming_std({7, 2, 2, 2}), 0.5));
}

TEST_CASE("kaiming_std: the gain is that of the nonlinearity", "[05.8][core]") {
  using init::Nonlinearity;
  CHECK(near(init::kaiming_std({5, 8}, {.a = 1, .nonlinearity = Nonlinearity::relu}), 0.5));
  CHECK(near(init::kaiming_std({1, 25}, {.nonlinearity = Nonlinearity::tanh}), 1.0 / 3));
  CHECK(near(init::kaiming_std({1, 4}, {.nonlinearity = Nonlinearity::linear}), 0.5));
  CHECK(near(init::kaiming_std({1, 4}, {.nonlinearity = Nonlinearity::sigmoid}), 0.5));
}

TEST_CASE("kaiming: a hundred thousand draws", "[05.8][property]") {
  Rng rng(2);
  check_moments(init::kaiming_normal(wide, rng), std::sqrt(2.0 / 400), 3);
  check_moments(init::kaiming_uniform(wide, rng, {.a = std::sqrt(5.0)}), std::sqrt(1.0 / 1200),
                1.8);
}

TEST_CASE("init: the same seed draws the same numbers", "[05.8][property]") {
  Rng a(3), b(3), c(4);
  const Tensor first = init::kaiming_uniform({3, 4}, a);
  CHECK_TENSOR_NEAR(init::kaiming_uniform({3, 4}, b), read(first), 0);
  CHECK_FALSE(difference(read(init::kaiming_uniform({3, 4}, c)), read(first), 0).empty());
}

TEST_CASE("kaiming: a signal keeps its size through ten layers of relu", "[05.8][05.7][property]") {
  Rng rng(6), a(7), b(7);
  const NoGrad no_grad;
  Tensor kaiming = randn({64, 64}, rng), xavier = kaiming;
  for (int layer = 0; layer < 10; ++layer) {
    kaiming = relu(matmul(kaiming, init::kaiming_normal({64, 64}, a)));
    xavier = relu(matmul(xavier, init::xavier_normal({64, 64}, b)));
  }
  // relu halves the mean of the squares, and Kaiming's weights double it again. From the same draws
  // Xavier's are smaller by sqrt(2), so ten layers lose a factor of 2^10.
  const double kept = double(mean(kaiming * kaiming).item());
  const double lost = double(mean(xavier * xavier).item());
  CHECK(kept > 0.05);
  CHECK(kept < 20);
  CHECK(std::abs(kept / lost - 1024) < 1);
}
