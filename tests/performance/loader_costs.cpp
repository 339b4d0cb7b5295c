// What a batch costs: bytes, copies, and time with and without a thread that loads ahead. Numbers of the
// lesson of 08_dataloader; run with --profile release.
#include <tinytorch/dataloader.hpp>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <thread>

using namespace tinytorch;

namespace {

using Clock = std::chrono::steady_clock;

double milliseconds_since(Clock::time_point start) {
  return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

/// One epoch: how long, and a number that depends on every pixel.
template <class Loader>
double epoch_milliseconds(Loader& loader) {
  const auto start = Clock::now();
  for (const auto& [x, y] : loader) {
    if (x.size(0) != y.size(0)) std::printf("x and y do not fit\n");
  }
  return milliseconds_since(start);
}

template <class Loader>
double best_of_5(Loader& loader) {
  double best = epoch_milliseconds(loader);
  for (int i = 0; i < 4; ++i) best = std::min(best, epoch_milliseconds(loader));
  return best;
}

/// A dataset that waits for something else than this processor, as a disk makes one wait.
struct Slow {
  Index size() const { return 20; }
  RegressionExample get(Index) const {
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
    return {zeros({1}), scalar(0)};
  }
};

/// An epoch of Slow, with a step of 5 ms for each batch.
template <class Loader>
double with_steps(Loader& loader) {
  const auto start = Clock::now();
  for (const auto& [x, y] : loader) {
    const auto step = Clock::now();
    while (milliseconds_since(step) < 5) {
    }
  }
  return milliseconds_since(start);
}

void bytes(const char* what, Index count) {
  std::printf("%-58s %10lld bytes\n", what, static_cast<long long>(count));
}

}  // namespace

int main() {
  const Index n = 2000;
  const TensorDataset data(zeros({n, 1, 28, 28}), IndexTensor(in_order(n), {n}));
  const auto live = [] { return static_cast<Index>(memory::stats().live_bytes); };
  const Index dataset_bytes = live();
  bytes("2000 pictures of 28 x 28 in memory", dataset_bytes);

  DataLoader loader(data, {.batch_size = 64, .shuffle = true});
  memory::reset_peak();
  const auto allocations = memory::stats().allocations;
  double time = epoch_milliseconds(loader);
  bytes("more at the peak of an epoch of batches of 64",
        static_cast<Index>(memory::stats().peak_bytes) - dataset_bytes);
  bytes("a shuffled order of 2000 indices", n * static_cast<Index>(sizeof(Index)));
  std::printf("%-58s %10lld\n", "storages made in that epoch (one for each batch)",
              static_cast<long long>(memory::stats().allocations - allocations));

  memory::reset_peak();
  PrefetchLoader ahead(DataLoader(data, {.batch_size = 64}), {.depth = 2});
  for (const auto& [x, y] : ahead) {
    std::this_thread::sleep_for(std::chrono::milliseconds(2));  // so that the thread gets ahead
  }
  bytes("more at the peak with a thread that loads 2 ahead",
        static_cast<Index>(memory::stats().peak_bytes) - dataset_bytes);

  for (const Index batch : {1, 8, 64, 512}) {
    DataLoader by(data, {.batch_size = batch, .shuffle = true});
    time = best_of_5(by);
    std::printf("batches of %3lld  %7.2f ms an epoch  %6.2f us a picture\n",
                static_cast<long long>(batch), time, time * 1000 / double(n));
  }
  const Compose augment({RandomCrop(28, 2), Normalize(0.13, 0.31)});
  DataLoader augmented(TransformedDataset(data, augment), {.batch_size = 64, .shuffle = true});
  time = best_of_5(augmented);
  std::printf("with crop and normalize, batches of 64  %7.2f ms an epoch  %6.2f us a picture\n",
              time, time * 1000 / double(n));

  DataLoader slow(Slow{}, {.batch_size = 1});
  PrefetchLoader slow_ahead(DataLoader(Slow{}, {.batch_size = 1}), {.depth = 2});
  std::printf(
      "20 batches, each 5 ms of waiting and 5 ms of work: %.0f ms; loading ahead: %.0f ms\n",
      with_steps(slow), with_steps(slow_ahead));
}
