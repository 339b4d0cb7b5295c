// support / rng.hpp: random numbers that are the same on every machine and with every compiler.
//
// Every function that draws takes an Rng&, so the order of draws is visible in the code; there is
// no global generator. std::mt19937 is portable but std::normal_distribution is not, hence our own.
// Source: xoshiro256++ by Blackman and Vigna (2019), https://prng.di.unimi.it, seeded by
// splitmix64.
#pragma once
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <utility>
#include <vector>

#include <tinytorch/support/error.hpp>
#include <tinytorch/support/types.hpp>

namespace tinytorch {

class Rng {
 public:
  using State = std::array<std::uint64_t, 4>;

  explicit Rng(std::uint64_t seed) {
    for (auto& word : state_) word = splitmix64(seed);
  }

  /// 64 random bits.
  std::uint64_t bits() {
    const std::uint64_t result = std::rotl(state_[0] + state_[3], 23) + state_[0];
    const std::uint64_t t = state_[1] << 17;
    state_[2] ^= state_[0];
    state_[3] ^= state_[1];
    state_[1] ^= state_[2];
    state_[0] ^= state_[3];
    state_[2] ^= t;
    state_[3] = std::rotl(state_[3], 45);
    return result;
  }

  /// Uniform in [0, 1): a multiple of 2^-24, so that float and double builds draw the same numbers.
  real uniform() { return static_cast<real>(bits() >> 40) * static_cast<real>(0x1p-24); }

  /// Normal with mean 0 and variance 1 (Box and Muller 1958).
  real normal() {
    const double u = (static_cast<double>(bits() >> 11) + 0.5) * 0x1p-53;  // never 0
    const double v = static_cast<double>(bits() >> 11) * 0x1p-53;
    return static_cast<real>(std::sqrt(-2 * std::log(u)) * std::cos(2 * std::numbers::pi * v));
  }

  /// Uniform in 0 .. n-1, without the bias of a plain modulo (Lemire 2019, by rejection).
  Index below(Index n) {
    if (n <= 0) throw ValueError("Rng::below: expects n > 0, got " + std::to_string(n));
    const std::uint64_t range = static_cast<std::uint64_t>(n);
    const std::uint64_t threshold = (0 - range) % range;
    std::uint64_t draw = bits();
    while (draw < threshold) draw = bits();
    return static_cast<Index>(draw % range);
  }

  /// 0 .. n-1 in random order (Fisher and Yates).
  std::vector<Index> permutation(Index n) {
    std::vector<Index> order(static_cast<std::size_t>(n));
    for (Index i = 0; i < n; ++i) order[static_cast<std::size_t>(i)] = i;
    for (Index i = n - 1; i > 0; --i) {
      std::swap(order[static_cast<std::size_t>(i)], order[static_cast<std::size_t>(below(i + 1))]);
    }
    return order;
  }

  /// All there is to know about the generator: save it, and resume exactly.
  const State& state() const { return state_; }
  void set_state(const State& state) { state_ = state; }

 private:
  static std::uint64_t splitmix64(std::uint64_t& x) {
    std::uint64_t z = (x += 0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
  }

  State state_{};
};

}  // namespace tinytorch
