// tests / seeds.hpp: random cases that can be played again.
//
//   for_each_seed(50, [](Random& random) { const Shape shape = random.shape(); ... });
// A failure names its seed; TT_SEED=17 tito test 02 runs that one alone. The draws are the same with every compiler and
// library, and owe nothing to the framework's own generator.
#pragma once
#include <cstdint>
#include <cstdlib>
#include <functional>
#include <random>
#include <string>

#include <tinytorch/support/shape.hpp>

#include "tt_catch.hpp"

namespace tt_test {

class Random {
 public:
  explicit Random(std::uint64_t seed) : engine_(seed) {}

  tinytorch::Index below(tinytorch::Index n) {
    return static_cast<tinytorch::Index>(engine_() % static_cast<std::uint64_t>(n));
  }
  tinytorch::Index between(tinytorch::Index low, tinytorch::Index high) {  // both included
    return low + below(high - low + 1);
  }
  bool coin() { return below(2) == 0; }
  /// In (-2, 2), a multiple of 1/64: sums and products of a few are exact in float.
  double number() { return double(between(-127, 127)) / 64; }

  tinytorch::Shape shape(tinytorch::Index least_axes = 0, tinytorch::Index most_axes = 4,
                         tinytorch::Index largest = 4) {
    tinytorch::Shape shape(static_cast<std::size_t>(between(least_axes, most_axes)));
    for (tinytorch::Index& size : shape) size = between(1, largest);
    return shape;
  }
  /// The numbers 0 to n - 1 in some order.
  tinytorch::Shape order(tinytorch::Index n) {
    tinytorch::Shape order;
    for (tinytorch::Index i = 0; i < n; ++i) {
      order.insert(static_cast<std::size_t>(below(i + 1)), i);
    }
    return order;
  }

 private:
  std::mt19937_64 engine_;
};

inline void for_each_seed(int count, const std::function<void(Random&)>& check) {
  const auto run = [&](std::uint64_t seed) {
    INFO("seed " << seed << "; alone: TT_SEED=" << seed << " tito test ...");
    Random random(seed);
    check(random);
  };
  if (const char* given = std::getenv("TT_SEED")) return run(std::strtoull(given, nullptr, 10));
  for (int seed = 1; seed <= count; ++seed) run(static_cast<std::uint64_t>(seed));
}

}  // namespace tt_test
