// 08_dataloader / prefetch.hpp: two threads and a queue between them. A stretch.
#include <future>

#include <tinytorch/dataloader.hpp>

#include "index_text.hpp"
#include "tensor_close.hpp"

using namespace tinytorch;
using namespace tt_test;

namespace {

using Numbered = TensorDataset<Tensor, IndexTensor>;

Numbered numbered(Index n) { return {zeros({n, 10}), IndexTensor(in_order(n), {n})}; }

template <class Loader>
std::string labels_of(Loader& loader) {
  std::vector<Index> labels;
  for (const auto& [x, y] : loader) {
    for (Index i = 0; i < y.numel(); ++i) labels.push_back(y[i]);
  }
  return text(labels);
}

/// A dataset whose example 5 cannot be read.
struct Damaged {
  Index size() const { return 10; }
  Example get(Index i) const {
    if (i == 5) throw FileError("example 5 is damaged");
    return {zeros({1}), index_tensor({i}, {})};
  }
};

void push_all(BoundedQueue<int>& queue, int count) {
  for (int i = 0; i < count && queue.push(i); ++i) {
  }
  queue.close();
}

/// Leaves the loop by an exception.
void stop_at(PrefetchLoader<DataLoader<Numbered>>& loader, Index label) {
  for (const auto& [x, y] : loader) {
    if (y[0] == label) throw Error("the training step failed");
  }
}

}  // namespace

// REQUIRE, not CHECK: a queue that did not take an item would let the pop after it wait for ever.

TEST_CASE("BoundedQueue: first in first out", "[08.13][08.14][core]") {
  BoundedQueue<int> queue(3);
  REQUIRE(queue.push(1));
  REQUIRE(queue.push(2));
  REQUIRE(queue.pop() == 1);
  REQUIRE(queue.push(3));
  REQUIRE(queue.pop() == 2);
  REQUIRE(queue.pop() == 3);
}

TEST_CASE("BoundedQueue: a closed one hands out what it has and takes nothing",
          "[08.14][08.13][edge]") {
  BoundedQueue<int> queue(2);
  REQUIRE(queue.push(1));
  REQUIRE(queue.push(2));
  queue.close();
  CHECK_FALSE(queue.push(3));
  REQUIRE(queue.pop() == 1);
  CHECK_FALSE(queue.push(4));  // there would be room now
  REQUIRE(queue.pop() == 2);
  CHECK_FALSE(queue.pop().has_value());
  CHECK_FALSE(queue.pop().has_value());
}

TEST_CASE("BoundedQueue: things that can only be moved", "[08.13][08.14][edge]") {
  BoundedQueue<std::unique_ptr<int>> queue(1);
  REQUIRE(queue.push(std::make_unique<int>(7)));
  REQUIRE(**queue.pop() == 7);
}

TEST_CASE("BoundedQueue: between two threads nothing is lost or changes places",
          "[08.14][08.13][property]") {
  BoundedQueue<int> queue(2);
  REQUIRE(queue.push(-1));
  REQUIRE(queue.pop() == -1);
  auto writer = std::async(std::launch::async, push_all, std::ref(queue), 2000);
  int expected = 0;
  bool in_order = true;
  while (const auto item = queue.pop()) in_order = in_order && *item == expected++;
  CHECK(in_order);
  CHECK(expected == 2000);
}

TEST_CASE("BoundedQueue: close wakes who waits for room and who waits for items",
          "[08.13][08.14][edge]") {
  BoundedQueue<int> full(1), empty(1);
  REQUIRE(full.push(1));
  REQUIRE(empty.push(1));
  REQUIRE(empty.pop() == 1);
  auto writer = std::async(std::launch::async, [&] { return full.push(2); });
  auto reader = std::async(std::launch::async, [&] { return empty.pop().has_value(); });
  std::this_thread::sleep_for(std::chrono::milliseconds(20));  // so that both do wait
  full.close();
  empty.close();
  CHECK_FALSE(writer.get());
  CHECK_FALSE(reader.get());
}

TEST_CASE("PrefetchLoader: the same batches in the same order", "[08.14][08.13][core]") {
  const DataLoaderOptions options = {.batch_size = 4, .shuffle = true, .seed = 3};
  DataLoader plain(numbered(30), options);
  PrefetchLoader ahead(DataLoader(numbered(30), options), {.depth = 3});
  CHECK(ahead.size() == 8);
  CHECK(labels_of(ahead) == labels_of(plain));
  CHECK(labels_of(ahead) == labels_of(plain));  // the second epoch, another order
  PrefetchLoader nothing(DataLoader(numbered(0), options));
  CHECK(labels_of(nothing).empty());
}

TEST_CASE("PrefetchLoader: a loop may end early", "[08.13][08.14][edge]") {
  PrefetchLoader ahead(DataLoader(numbered(1000), {.batch_size = 1}), {.depth = 2});
  const auto before = memory::stats().live_bytes;
  for (const auto& [x, y] : ahead) {
    if (y[0] == 3) break;
  }
  CHECK(memory::stats().live_bytes == before);  // thread and queue are gone
  CHECK_THROWS_WITH(stop_at(ahead, 3), contains("the training step failed"));
  CHECK(memory::stats().live_bytes == before);
}

TEST_CASE("PrefetchLoader: what the thread throws arrives in the loop", "[08.14][08.13][errors]") {
  PrefetchLoader ahead(DataLoader(Damaged{}, {.batch_size = 2}), {.depth = 4});
  Index batches = 0;
  const auto run = [&] {
    for (const auto& [x, y] : ahead) batches += y.size(0) == 2;
  };
  CHECK_THROWS_AS(run(), FileError);
  CHECK(batches == 2);                                         // 0 1 and 2 3 were whole
  CHECK_THROWS_WITH(run(), contains("example 5 is damaged"));  // and once more in the next epoch
  CHECK_THROWS_WITH(PrefetchLoader(DataLoader(Damaged{}), {.depth = 0}),
                    contains("PrefetchLoader: expects depth >= 1, got 0"));
}

TEST_CASE("PrefetchLoader: at most depth and two batches are in memory",
          "[08.13][08.14][systems]") {
  PrefetchLoader ahead(DataLoader(numbered(400), {.batch_size = 4}), {.depth = 2});
  const auto before = memory::stats().live_bytes;
  memory::reset_peak();
  Index batches = 0;
  for (const auto& [x, y] : ahead) batches += x.size(0) == 4;
  CHECK(batches == 100);
  CHECK(memory::stats().peak_bytes - before <= 4 * (4 * 10 * sizeof(real)));
}
