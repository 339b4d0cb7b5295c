// support / memory.hpp: counters of tensor storage, so that a claim about memory can be tested.
//
//   memory::stats().live_bytes        bytes of tensor storage that exist now
//   memory::reset_peak()              then compute something, then read stats().peak_bytes
//   memory::stats().allocations       how many storages were ever made: a view makes none
// Not here: shapes, handles and graph nodes; they are small and counted elsewhere or not at all.
#pragma once
#include <atomic>
#include <cstdint>

namespace tinytorch::memory {

struct Stats {
  std::uint64_t live_bytes = 0;
  std::uint64_t peak_bytes = 0;        // highest live_bytes since the start or reset_peak()
  std::uint64_t allocated_bytes = 0;   // sum over all allocations ever
  std::uint64_t allocations = 0;       // how many, ever
  std::uint64_t live_allocations = 0;  // how many exist now
};

namespace detail {
struct Counters {
  std::atomic<std::uint64_t> live{0}, peak{0}, allocated{0}, allocations{0}, live_allocations{0};
};
inline Counters& counters() {
  static Counters c;
  return c;
}
}  // namespace detail

inline Stats stats() {
  const auto& c = detail::counters();
  return {c.live, c.peak, c.allocated, c.allocations, c.live_allocations};
}

/// From now on the peak is measured from what is live now.
inline void reset_peak() {
  auto& c = detail::counters();
  c.peak = c.live.load();
}

inline void count_allocation(std::uint64_t bytes) {
  auto& c = detail::counters();
  const std::uint64_t live = c.live += bytes;
  c.allocated += bytes;
  ++c.allocations;
  ++c.live_allocations;
  std::uint64_t peak = c.peak;
  while (live > peak && !c.peak.compare_exchange_weak(peak, live)) {
  }
}

inline void count_release(std::uint64_t bytes) {
  auto& c = detail::counters();
  c.live -= bytes;
  --c.live_allocations;
}

}  // namespace tinytorch::memory
