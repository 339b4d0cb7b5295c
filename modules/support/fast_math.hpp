// support / fast_math.hpp: exp, tanh and erfc without branches, so that a loop of them becomes
// vector instructions.
//
// std::exp is a call, one number at a time. Here it is arithmetic that a compiler can do for eight
// numbers at once. As in the library: exp(nan) is nan, exp(inf) inf, exp(-inf) 0, exp(0) exactly 1.
// Results are within a few units of a float's last place (tests/regression/02_fast_math.cpp says how
// many). With real = double, for gradient checks, the library's functions are taken.
// The coefficients are minimax polynomials; their own error is below a tenth of a unit.
#pragma once
#include <bit>
#include <cmath>
#include <cstdint>

#include <tinytorch/support/types.hpp>

namespace tinytorch::fast {

/// exp(x) = 2^n exp(r), where n is the whole number nearest to x / log 2, and |r| <= log(2) / 2.
///
/// Background  Adding 1.5 * 2^23 rounds a float to a whole number, which then stands in its last
///             bits: no instruction for rounding is needed. log 2 is subtracted in two parts, the
///             first with so few digits that n times it is exact. 2^n is put together from its
///             exponent's bits, in two factors: the result may be below 2^-126 or above 2^127.
inline float exp(float x) {
  constexpr float round = 0x1.8p23f, per_log2 = 1.44269504f;
  constexpr float log2_high = 0.693359375f, log2_low = -2.12194440e-4f;
  const float low = x < -104 ? -104 : x;        // below, the result is 0 anyway; nan stays nan
  const float bounded = low > 104 ? 104 : low;  // above, it is inf
  const float shifted = bounded * per_log2 + round;
  const float n = shifted - round;
  const float r = (bounded - n * log2_high) - n * log2_low;
  float p = 1.3814581e-3f;  // (exp(r) - 1 - r) / r^2
  p = p * r + 8.36872391e-3f;
  p = p * r + 4.16683888e-2f;
  p = p * r + 1.66665206e-1f;
  p = p * r + 4.99999934e-1f;
  const float fraction = p * (r * r) + r + 1;
  const std::int32_t power =
      std::bit_cast<std::int32_t>(shifted) - std::bit_cast<std::int32_t>(round);
  const std::int32_t half = power >> 1;
  const auto power_of_2 = [](std::int32_t e) {
    return std::bit_cast<float>(static_cast<std::uint32_t>(e + 127) << 23);
  };
  return fraction * power_of_2(half) * power_of_2(power - half);
}

/// tanh(x): a polynomial near 0, where 1 - 2 / (exp(2 x) + 1) would lose its digits; that elsewhere.
inline float tanh(float x) {
  const float size = std::fabs(x), square = x * x;
  float p = -5.70498542e-3f;  // (tanh(x) - x) / x^3, in x^2
  p = p * square + 2.06390855e-2f;
  p = p * square - 5.37397144e-2f;
  p = p * square + 1.33314422e-1f;
  p = p * square - 3.33332819e-1f;
  const float near = p * square * size + size;
  const float far = 1 - 2 / (exp(2 * size) + 1);
  return std::copysign(size < 0.625f ? near : far, x);
}

/// erfc(x) = 1 - erf(x), with all its digits where erf(x) is nearly 1: erfc(8) is 1.1e-29.
///
/// Background  Near 0 an odd polynomial, 1 - erf(x). Elsewhere, for x >= 0, erfc(x) exp(x^2) falls
///             slowly, as 1 / (x sqrt(pi)): a polynomial in t = 1 / (1 + x / 2). exp(-x^2) needs
///             more digits of x^2 than a float has: `high`, the first half of x's digits, has an
///             exact square, and exp(-x^2) is exp(-high^2) exp(high^2 - x^2). erfc(-x) = 2 - erfc(x).
inline float erfc(float x) {
  const float size = std::fabs(x), square = x * x;
  float q = -6.74951774e-4f;  // erf(x) / x, in x^2
  q = q * square + 5.11434624e-3f;
  q = q * square - 2.6834625e-2f;
  q = q * square + 1.12833766e-1f;
  q = q * square - 3.76126188e-1f;
  q = q * square + 1.12837917f;
  const float z = size > 10.3f ? 10.3f : size;  // beyond, the result is 0 or 2 anyway
  const float t = 1 / (1 + 0.5f * z);
  float p = -5.14076648e-2f;  // erfc(z) exp(z^2) / t
  p = p * t + 2.62353653e-1f;
  p = p * t - 4.62413783e-1f;
  p = p * t + 2.65718594e-1f;
  p = p * t - 2.51281938e-2f;
  p = p * t + 2.03837817e-1f;
  p = p * t + 2.42564749e-1f;
  p = p * t + 2.82465178e-1f;
  p = p * t + 2.82081046e-1f;
  const float high = std::bit_cast<float>(std::bit_cast<std::uint32_t>(z) & 0xfffff000u);
  const float tail = t * p * exp(-high * high) * exp((high - z) * (high + z));
  const float far = x < 0 ? 2 - tail : tail;
  return size < 0.75f ? 1 - x * q : far;
}

inline double exp(double x) { return std::exp(x); }
inline double tanh(double x) { return std::tanh(x); }
inline double erfc(double x) { return std::erfc(x); }

}  // namespace tinytorch::fast
