// support / fast_math.hpp: exp and tanh without branches, so that a loop of them becomes vector
// instructions.
//
// std::exp is a call, one number at a time. Here it is arithmetic that a compiler can do for eight
// numbers at once. As in the library: exp(nan) is nan, exp(inf) inf, exp(-inf) 0, exp(0) exactly 1.
// Results are within two units of a float's last place (tests/regression/02_fast_math.cpp). With
// real = double, for gradient checks, the library's functions are taken.
// The coefficients are minimax polynomials (Remez exchange, 40 digits): their own error is below a
// tenth of a unit.
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

inline double exp(double x) { return std::exp(x); }
inline double tanh(double x) { return std::tanh(x); }

}  // namespace tinytorch::fast
