// support / parallel.hpp: the work of one loop on several processors.
//
//   parallel::for_ranges(count, 4096, [&](Index begin, Index end) { ... });
// calls the function on parts of 0 .. count-1, at least 4096 long each, at the same time. A program
// uses as many threads as the environment's TT_THREADS says, one if it says nothing;
// parallel::set_threads(4) says otherwise. No thread is started before the first loop that is long
// enough, and a system that gives fewer threads than were asked for only makes it slower.
//
// Results must not depend on the number of threads. So a part may write only what belongs to it, and
// no sum may be cut into parts: rows of a product, elements of a map, images of a batch.
//
// Starting a thread costs about 30 us, waking one that sleeps about 8, and one that still looks for
// work less than 1: so a worker looks for a while before it sleeps. Between two loops it gives its
// processor away after 2,000 looks: on a machine that others use a worker that only looks would take
// the time of the thread that it waits for.
// POSIX threads, not <thread>: every file that includes ops.hpp would be compiled 0.1 s longer.
// In PyTorch: aten/src/ATen/Parallel.h, parallel_for with its grain_size.
#pragma once
#include <pthread.h>
#include <sched.h>

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <cstdlib>
#include <exception>
#include <memory>
#include <utility>
#include <vector>

#include <tinytorch/support/types.hpp>

namespace tinytorch::parallel {

namespace detail {

/// Threads that wait for a job: a function to be called with 0 .. parts-1.
class Pool {
 public:
  using Function = void (*)(void* context, Index part);

  explicit Pool(int workers) : wanted_(workers) {
    const auto begin = [](void* pool) -> void* {
      static_cast<Pool*>(pool)->look_for_work();
      return nullptr;
    };
    threads_.reserve(static_cast<std::size_t>(workers));
    pthread_t thread{};
    for (int i = 0; i < workers && pthread_create(&thread, nullptr, begin, this) == 0; ++i) {
      threads_.push_back(thread);
    }
  }
  ~Pool() {
    closing_ = true;
    ++job_;
    job_.notify_all();
    for (const pthread_t thread : threads_) pthread_join(thread, nullptr);
  }
  Pool(const Pool&) = delete;
  Pool& operator=(const Pool&) = delete;

  int wanted() const { return wanted_; }

  /// Returns when all parts are done; the caller does its share. What a part throws comes out here.
  void run(Function function, void* context, Index parts) {
    function_ = function;
    context_ = context;
    unfinished_ = parts;
    const std::uint32_t job = job_ + 1;
    parts_ = std::uint64_t{job} << 32 | static_cast<std::uint64_t>(parts);
    job_ = job;
    job_.notify_all();
    take_parts(job);
    while (unfinished_ != 0) sched_yield();
    failed_.clear();
    if (failure_) std::rethrow_exception(std::exchange(failure_, nullptr));
  }

 private:
  /// Does parts of this job until none is left. Who comes late finds none and touches nothing: so
  /// nobody waits for a worker that has not begun.
  void take_parts(std::uint32_t job) {
    for (std::uint64_t state = parts_; state >> 32 == job && (state & 0xffffffff) != 0;) {
      if (!parts_.compare_exchange_weak(state, state - 1)) continue;  // `state` is what it is now
      try {
        function_(context_, static_cast<Index>(state & 0xffffffff) - 1);
      } catch (...) {
        if (!failed_.test_and_set()) failure_ = std::current_exception();  // the first one is kept
      }
      --unfinished_;
      state = parts_;
    }
  }

  void look_for_work() {
    std::uint32_t seen = 0;
    while (true) {
      for (int looks = 0; job_ == seen && looks < 2'000; ++looks) {
      }
      for (int looks = 0; job_ == seen && looks < 100; ++looks) sched_yield();
      job_.wait(seen);
      seen = job_;
      if (closing_) return;
      take_parts(seen);
    }
  }

  const int wanted_;
  Function function_ = nullptr;
  void* context_ = nullptr;
  std::atomic<std::uint64_t> parts_{0};     // the job's number, and how many nobody has taken
  std::atomic<Index> unfinished_{0};        // how many are not done
  std::atomic<std::uint32_t> job_{0};       // the number of the last job
  std::atomic<bool> closing_{false};
  std::atomic_flag failed_;
  std::exception_ptr failure_;
  std::vector<pthread_t> threads_;
};

inline std::atomic<int>& wanted_threads() {
  static std::atomic<int> count = [] {
    const char* text = std::getenv("TT_THREADS");
    return text == nullptr ? 1 : std::clamp(std::atoi(text), 1, 256);
  }();
  return count;
}

/// Is this thread inside a part already? Then a loop below it runs here: all threads have work.
inline bool& inside() {
  thread_local bool inside_a_part = false;
  return inside_a_part;
}

/// One pool for the program, made anew when the number of threads has changed. False if another
/// thread uses it at the moment.
inline bool run(Pool::Function function, void* context, Index parts) {
  static std::atomic_flag taken;
  static std::unique_ptr<Pool> pool;
  if (taken.test_and_set()) return false;
  struct Release {
    ~Release() { taken.clear(); }
  } const release;
  const int workers = wanted_threads() - 1;
  if (!pool || pool->wanted() != workers) {
    pool.reset();
    pool = std::make_unique<Pool>(workers);
  }
  pool->run(function, context, parts);
  return true;
}

}  // namespace detail

inline int threads() { return detail::wanted_threads(); }
inline void set_threads(int count) { detail::wanted_threads() = std::clamp(count, 1, 256); }

/// Calls work(begin, end) for ranges that together are 0 .. count-1, each at least `grain` long but
/// for the last: what is shorter is not worth the way to another thread.
template <class Work>
void for_ranges(Index count, Index grain, const Work& work) {
  if (count <= 0) return;
  if (threads() > 1 && count >= 2 * grain && !detail::inside()) {
    struct Job {
      const Work& work;
      Index count, length;
    };
    const Index even = (count + 4 * threads() - 1) / (4 * threads());  // some threads are slower
    Job job{work, count, std::max(grain, even)};
    const auto one_part = [](void* context, Index part) {
      const Job& j = *static_cast<Job*>(context);
      struct Inside {
        Inside() { detail::inside() = true; }
        ~Inside() { detail::inside() = false; }
      } const inside;
      j.work(part * j.length, std::min(j.count, (part + 1) * j.length));
    };
    if (detail::run(one_part, &job, (count + job.length - 1) / job.length)) return;
  }
  work(0, count);
}

}  // namespace tinytorch::parallel
