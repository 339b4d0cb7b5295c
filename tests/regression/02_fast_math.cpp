// exp, tanh and erfc of the framework are its own, without branches (support/fast_math.hpp). A prototype of them turned
// NaN into a number, as arithmetic on the bits of a float does when nobody looks. Here they are compared with the
// library's, in double: over all exponents, at the ends of the range, for what is no number; and a loop that runs in
// wide registers must treat its last few numbers as it does the others.
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>

#include "tensor_close.hpp"

#include <tinytorch/ops.hpp>

using namespace tinytorch;

namespace {

// How far `got` is from `exact`, in units of the last place that a float has there.
double units_off(float got, double exact) {
  const float nearest = static_cast<float>(exact);
  if (nearest == got) return 0;  // also two infinities
  if (!std::isfinite(nearest) || !std::isfinite(got)) return 1e9;
  if (nearest == 0) return std::abs(static_cast<double>(got) - exact) / 0x1p-149;
  int exponent = 0;
  (void)std::frexp(nearest, &exponent);
  return std::abs(static_cast<double>(got) - exact) /
         std::ldexp(1.0, std::max(exponent - 24, -149));
}

// The largest of these over numbers of all signs and exponents, in prime steps through their bits.
template <class Fast, class Exact>
double worst(Fast fast_function, Exact exact_function) {
  double most = 0;
  for (std::uint64_t bits = 0; bits < 1ull << 32; bits += 16'411) {
    const float x = std::bit_cast<float>(static_cast<std::uint32_t>(bits));
    if (std::isnan(x)) continue;
    most = std::max(most, units_off(fast_function(x), exact_function(static_cast<double>(x))));
  }
  return most;
}

constexpr float infinity = std::numeric_limits<float>::infinity();
constexpr float quiet_nan = std::numeric_limits<float>::quiet_NaN();

}  // namespace

TEST_CASE("fast math: exp is within two units of the last place", "[02][given][regression]") {
  const auto exact = [](double x) { return std::exp(x); };
  const auto fast_exp = [](float x) { return fast::exp(x); };
  CHECK(worst(fast_exp, exact) < 2);
  // where the result is inf, has few digits (below 1.18e-38), or is 0
  for (const float x : {88.72283f, 88.72284f, 89.f, 104.f, 1e30f, -87.33654f, -87.5f, -95.f,
                        -103.2f, -103.9f, -103.98f, -104.f, -1e30f, 1e-40f, -1e-40f}) {
    INFO("x " << x);
    CHECK(units_off(fast::exp(x), std::exp(static_cast<double>(x))) < 2);
  }
}

TEST_CASE("fast math: tanh is within two units of the last place", "[02][given][regression]") {
  const auto exact = [](double x) { return std::tanh(x); };
  const auto fast_tanh = [](float x) { return fast::tanh(x); };
  CHECK(worst(fast_tanh, exact) < 2);
  for (const float x : {0.6249999f, 0.625f, 9.f, 9.02f, 44.f, 1e30f, 1e-40f, -1e-40f}) {
    INFO("x " << x);
    CHECK(units_off(fast::tanh(x), std::tanh(static_cast<double>(x))) < 2);
    CHECK(fast::tanh(-x) == -fast::tanh(x));
  }
}

TEST_CASE("fast math: erfc is within six units of the last place", "[02][given][regression]") {
  const auto exact = [](double x) { return std::erfc(x); };
  const auto fast_erfc = [](float x) { return fast::erfc(x); };
  CHECK(worst(fast_erfc, exact) < 6);
  // near 0, in the tail, where the result has few digits (below 1.18e-38), or is 0
  for (const float x : {1e-40f, 1e-8f, 0.5f, 1.f, 3.9f, 7.9999f, 8.f, 9.19f, 9.2f, 9.9f, 10.f,
                        10.05f, 10.06f, 10.3f, 10.4f, 1e30f}) {
    INFO("x " << x);
    CHECK(units_off(fast::erfc(x), std::erfc(static_cast<double>(x))) < 6);
    CHECK(units_off(fast::erfc(-x), std::erfc(-static_cast<double>(x))) < 6);
  }
}

TEST_CASE("fast math: what is no number, or infinite, or zero", "[02][given][regression]") {
  CHECK(std::isnan(fast::exp(quiet_nan)));
  CHECK(std::isnan(fast::exp(-quiet_nan)));
  CHECK(std::isnan(fast::tanh(quiet_nan)));
  CHECK(fast::exp(infinity) == infinity);
  CHECK(fast::exp(-infinity) == 0);
  CHECK(fast::exp(0.f) == 1);
  CHECK(fast::exp(-0.f) == 1);
  CHECK(fast::tanh(infinity) == 1);
  CHECK(fast::tanh(-infinity) == -1);
  CHECK(std::signbit(fast::tanh(-0.f)));
  CHECK(std::isnan(fast::erfc(quiet_nan)));
  CHECK(fast::erfc(infinity) == 0);
  CHECK(fast::erfc(-infinity) == 2);
  CHECK(fast::erfc(0.f) == 1);
  CHECK(fast::erfc(-0.f) == 1);
}

TEST_CASE("wide loops: every number of a row of any length, steps of 0, 1 and more",
          "[02.2][02.3][regression]") {
  for (const Index length : {1, 2, 3, 7, 8, 9, 15, 16, 17, 33, 100}) {
    const Tensor x = arange(length), column = full({2, 1}, 0.5), both = x + column;
    const Tensor turned = stack({x, x}, 1).transpose(0, 1) + column;  // step 2
    for (Index i = 0; i < length; ++i) {
      INFO("length " << length << ", number " << i);
      CHECK(both.at({1, i}) == static_cast<real>(i) + real(0.5));
      CHECK(turned.at({1, i}) == static_cast<real>(i) + real(0.5));
    }
    CHECK(sum(x).item() == static_cast<real>(length * (length - 1) / 2));
  }
}
