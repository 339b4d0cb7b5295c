// Several threads, where a program asks for them (support/parallel.hpp): each part is done once, an error comes out, and
// numbers do not depend on how many threads there are. The first form of the pool waited for workers that had not even
// begun; on a busy machine a product of 128 by 128 took a hundred times as long with two threads as with one.
#include <algorithm>
#include <cmath>
#include <vector>

#include "tensor_close.hpp"

#include <tinytorch/ops.hpp>

using namespace tinytorch;

namespace {

struct Threads {
  explicit Threads(int count) { parallel::set_threads(count); }
  ~Threads() { parallel::set_threads(1); }
};

// The numbers of a tensor, one after the other.
std::vector<real> numbers(const Tensor& t) { return {t.data(), t.data() + t.numel()}; }

}  // namespace

TEST_CASE("threads: each part is done once, loops inside a part too", "[02][given][regression]") {
  for (const int count : {1, 2, 3}) {
    const Threads threads(count);
    for (const Index length : {0, 1, 7, 20, 1000}) {
      INFO(count << " threads, length " << length);
      std::vector<int> times(static_cast<std::size_t>(length));
      parallel::for_ranges(length, 10, [&](Index begin, Index end) {
        parallel::for_ranges(end - begin, 1, [&](Index first, Index last) {
          for (Index i = first; i < last; ++i) ++times[static_cast<std::size_t>(begin + i)];
        });
      });
      CHECK(std::count(times.begin(), times.end(), 1) == length);
    }
  }
}

TEST_CASE("threads: what a part throws comes out, and the next loop works",
          "[02][given][regression]") {
  const Threads threads(2);
  for (int round = 0; round < 20; ++round) {
    const auto fails = [](Index, Index end) {
      if (end > 500) throw ValueError("parts: expects small numbers");
    };
    CHECK_THROWS_AS(parallel::for_ranges(1000, 10, fails), ValueError);
    std::atomic<Index> done{0};
    parallel::for_ranges(1000, 10, [&](Index begin, Index end) { done += end - begin; });
    CHECK(done == 1000);
  }
}

TEST_CASE("threads: the same numbers, however many there are", "[02.18][02.20][regression]") {
  Rng rng(1);
  const Tensor a = randn({130, 300}, rng), b = randn({300, 70}, rng), row = randn({1 << 18}, rng);
  const std::vector<real> product = numbers(matmul(a, b)), curve = numbers(tanh(row));
  for (const int count : {2, 3}) {
    const Threads threads(count);
    CHECK(numbers(matmul(a, b)) == product);
    CHECK(numbers(tanh(row)) == curve);
  }
}
