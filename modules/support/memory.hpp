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
// Sums that only grow; what lives is a difference. So a tensor's life takes four atomic additions,
// not six: on tensors of a few numbers they are a good part of an operation's time.
struct Counters {
  std::atomic<std::uint64_t> allocated{0}, allocations{0}, released{0}, releases{0}, peak{0};

  std::uint64_t live() const { return allocated - released; }
};
inline Counters& counters() {
  static Counters c;
  return c;
}
}  // namespace detail

inline Stats stats() {
  const auto& c = detail::counters();
  return {c.live(), c.peak, c.allocated, c.allocations, c.allocations - c.releases};
}

/// From now on the peak is measured from what is live now.
inline void reset_peak() {
  auto& c = detail::counters();
  c.peak = c.live();
}

inline void count_allocation(std::uint64_t bytes) {
  auto& c = detail::counters();
  const std::uint64_t live = (c.allocated += bytes) - c.released;
  ++c.allocations;
  std::uint64_t peak = c.peak;
  while (live > peak && !c.peak.compare_exchange_weak(peak, live)) {
  }
}

inline void count_release(std::uint64_t bytes) {
  auto& c = detail::counters();
  c.released += bytes;
  ++c.releases;
}

}  // namespace tinytorch::memory
