// grader / parallel.hpp: the same work for each of n items, a few at a time.
#pragma once
#include <algorithm>
#include <atomic>
#include <cstddef>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace grader {

/// Calls work(0) .. work(n-1) on up to `jobs` threads, each item once. The first exception is
/// passed on.
inline void parallel_for(std::size_t n, int jobs, const std::function<void(std::size_t)>& work) {
  std::atomic<std::size_t> next{0};
  std::mutex mutex;
  std::exception_ptr problem;
  const auto worker = [&] {
    for (std::size_t i = next++; i < n; i = next++) {
      try {
        work(i);
      } catch (...) {
        const std::lock_guard lock(mutex);
        if (!problem) problem = std::current_exception();
      }
    }
  };
  std::vector<std::thread> others;
  for (std::size_t t = 1; t < std::min<std::size_t>(n, static_cast<std::size_t>(std::max(jobs, 1)));
       ++t) {
    others.emplace_back(worker);
  }
  worker();
  for (std::thread& thread : others) thread.join();
  if (problem) std::rethrow_exception(problem);
}

}  // namespace grader
