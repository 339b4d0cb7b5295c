// 08_dataloader / prefetch.hpp: a thread makes the next batches while this one is used. Stretch.
//
//   PrefetchLoader ahead(DataLoader(dataset, {.batch_size = 64, .shuffle = true}), {.depth = 2});
//   for (auto [x, y] : ahead) { ... }      the same batches in the same order
// It pays where making a batch takes long compared with using it. At most depth + 2 batches exist
// at a time: `depth` wait, one is being made, one is being used.
#pragma once
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <exception>
#include <iterator>
#include <memory>
#include <mutex>
#include <optional>
#include <ranges>
#include <string>
#include <thread>
#include <utility>

#include <tinytorch/dataloader/loader.hpp>

namespace tinytorch {

/// A queue between two threads that holds at most `capacity` items and can be closed.
///
/// Background  A condition variable lets a thread sleep until another one has changed something:
///             wait(lock, condition) gives the lock back while it sleeps and holds it again when it
///             returns. It may wake without a reason, hence the condition.
/// In PyTorch  Python's queue.Queue in torch/utils/data/dataloader.py; here c10 has none
template <class T>
class BoundedQueue {
 public:
  explicit BoundedQueue(std::size_t capacity) : capacity_(capacity) {}

  /// Puts `item` at the end, after waiting for room. False, and nothing put, if the queue is closed.
  bool push(T item) {
    // TODO(08.13): lock, wait until there is room or the queue is closed, put, wake a reader.
    // HINT: std::unique_lock lock(mutex_); then has_room_.wait(lock, [&] { return ...; });
    // HINT: whoever waits for room has to wake up on close() too, or it sleeps for ever.
    todo("08.13", "BoundedQueue::push");
  }

  /// Takes the first item, after waiting for one. Nothing if the queue is closed and empty.
  std::optional<T> pop() {
    // TODO(08.14): lock, wait until there is an item or the queue is closed, take, wake a writer.
    // HINT: a closed queue still hands out what is in it.
    todo("08.14", "BoundedQueue::pop");
  }

  /// No more items will come, or nobody wants any: wakes all who wait.
  void close() {
    {
      const std::lock_guard guard(mutex_);
      closed_ = true;
    }
    has_room_.notify_all();
    has_items_.notify_all();
  }

 private:
  std::size_t capacity_;
  std::mutex mutex_;
  std::condition_variable has_room_, has_items_;  // or the queue was closed
  std::deque<T> items_;
  bool closed_ = false;
};

struct PrefetchLoaderOptions {
  Index depth = 2;  // how many finished batches may wait
};

template <class Loader>
class PrefetchLoader {
 public:
  using Options = PrefetchLoaderOptions;
  using Batch = typename Loader::Batch;
  class Iterator;

  explicit PrefetchLoader(Loader loader, Options options = {})
      : loader_(std::move(loader)), options_(options) {
    if (options_.depth < 1) {
      throw ValueError("PrefetchLoader: expects depth >= 1, got " + std::to_string(options_.depth));
    }
  }

  Index size() const { return loader_.size(); }
  Loader& loader() { return loader_; }

  /// Starts an epoch of the loader, and a thread that works for it.
  Iterator begin() { return Iterator(loader_.begin(), options_.depth); }
  std::default_sentinel_t end() const { return {}; }

 private:
  Loader loader_;
  Options options_;
};

namespace detail {

/// One epoch on its way: a thread at one end of a queue. Destroying it, early or not, closes the
/// queue, which sends the thread home, and waits for it.
template <class It>
class BatchStream {
 public:
  using Batch = std::iter_value_t<It>;

  BatchStream(It first, Index depth)
      : queue_(static_cast<std::size_t>(depth)), worker_([this, first]() mutable { run(first); }) {}
  ~BatchStream() {
    queue_.close();
    worker_.join();
  }
  BatchStream(const BatchStream&) = delete;
  BatchStream& operator=(const BatchStream&) = delete;

  /// The next batch, or nothing at the end. What the thread threw is thrown here, after the batches
  /// that were finished before.
  std::optional<Batch> next() {
    std::optional<Batch> batch = queue_.pop();
    // Not a race: it was written before close(), and pop saw the queue closed under its mutex.
    if (!batch && error_) std::rethrow_exception(error_);
    return batch;
  }

 private:
  void run(It& it) {
    try {
      while (it != std::default_sentinel && queue_.push(*it)) ++it;
    } catch (...) {
      error_ = std::current_exception();
    }
    queue_.close();
  }

  BoundedQueue<Batch> queue_;
  std::exception_ptr error_;
  std::thread worker_;  // the last member: it uses the others
};

}  // namespace detail

/// A place in an epoch that can only go forward.
template <class Loader>
class PrefetchLoader<Loader>::Iterator {
 public:
  using value_type = Batch;
  using difference_type = std::ptrdiff_t;
  using iterator_concept = std::input_iterator_tag;

  Iterator(typename Loader::Iterator first, Index depth)
      : stream_(std::make_unique<Stream>(std::move(first), depth)), batch_(stream_->next()) {}

  const Batch& operator*() const { return *batch_; }
  Iterator& operator++() {
    batch_.reset();  // before waiting for the next one: not one batch more than needed
    batch_ = stream_->next();
    return *this;
  }
  void operator++(int) { ++*this; }
  friend bool operator==(const Iterator& it, std::default_sentinel_t) { return !it.batch_; }

 private:
  using Stream = detail::BatchStream<typename Loader::Iterator>;

  std::unique_ptr<Stream> stream_;
  std::optional<Batch> batch_;
};

static_assert(
    std::ranges::input_range<PrefetchLoader<DataLoader<TensorDataset<Tensor, IndexTensor>>>>);

}  // namespace tinytorch
