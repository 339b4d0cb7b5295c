// grader / parallel.hpp: the same work for each of n items, a few at a time.
#pragma once
#include <algorithm>
#include <atomic>
#include <condition_variable>
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

/// At most so many holders at a time, whatever the number of threads: several parallel_for share
/// it.
class Slots {
 public:
  explicit Slots(int count) : free_(std::max(count, 1)) {}

  class Holder {
   public:
    explicit Holder(Slots& slots) : slots_(slots) {
      std::unique_lock lock(slots_.mutex_);
      slots_.changed_.wait(lock, [&] { return slots_.free_ > 0; });
      --slots_.free_;
    }
    ~Holder() {
      const std::lock_guard lock(slots_.mutex_);
      ++slots_.free_;
      slots_.changed_.notify_one();
    }
    Holder(const Holder&) = delete;
    Holder& operator=(const Holder&) = delete;

   private:
    Slots& slots_;
  };

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  int free_;
};

}  // namespace grader
