// performance / fastest.hpp: a quick measurement, for a program that prints a table. A benchmark takes harness.hpp.
#pragma once
#include <algorithm>
#include <ctime>

namespace bench {

/// Seconds of processor time of the fastest of `rounds` calls: others may use the machine, too.
template <class F>
double fastest(int rounds, F f) {
  double best = 1e30;
  for (int i = 0; i < rounds; ++i) {
    const std::clock_t start = std::clock();
    f();
    best = std::min(best, static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC);
  }
  return best;
}

}  // namespace bench
