// 08_dataloader / samplers.hpp: fair shuffles, another one each epoch, the same in each run.
#include <algorithm>
#include <map>
#include <set>

#include <tinytorch/dataloader.hpp>

#include "index_text.hpp"
#include "tensor_close.hpp"

using namespace tinytorch;
using namespace tt_test;

TEST_CASE("shuffle: every item is still there once", "[08.3][core]") {
  Rng rng(1);
  std::vector<Index> items = {40, 10, 30, 20, 10};
  for (int round = 0; round < 20; ++round) {
    shuffle(items, rng);
    std::vector<Index> sorted = items;
    std::sort(sorted.begin(), sorted.end());
    CHECK(text(sorted) == "10 10 20 30 40");
  }
}

TEST_CASE("shuffle: nothing and one item stay as they are", "[08.3][edge]") {
  Rng rng(1);
  std::vector<Index> nothing, single = {7};
  shuffle(nothing, rng);
  shuffle(single, rng);
  CHECK(nothing.empty());
  CHECK(text(single) == "7");
}

TEST_CASE("shuffle: each of the six orders of three comes equally often", "[08.3][property]") {
  // 24000 draws: 4000 expected, standard deviation sqrt(24000 * 1/6 * 5/6) = 58, five of them 289.
  // Swapping each place with any place gives three orders 5/27 (4444) and three 4/27 (3556).
  Rng rng(5);
  std::map<std::string, int> seen;
  for (int draw = 0; draw < 24'000; ++draw) {
    std::vector<Index> items = {0, 1, 2};
    shuffle(items, rng);
    ++seen[text(items)];
  }
  CHECK(seen.size() == 6);
  for (const auto& [order, count] : seen) {
    INFO("order " << order << " came " << count << " times of 24000, expected 4000");
    CHECK(std::abs(count - 4000) < 289);
  }
}

TEST_CASE("RandomSampler: each example once an epoch", "[08.4][core]") {
  const RandomSampler sampler(50, 3);
  for (Index epoch = 0; epoch < 3; ++epoch) {
    const std::vector<Index> order = sampler.order(epoch);
    CHECK(order.size() == 50);
    CHECK(std::set<Index>(order.begin(), order.end()).size() == 50);
    CHECK(*std::max_element(order.begin(), order.end()) == 49);
  }
}

TEST_CASE("RandomSampler: the same seed and epoch give the same order", "[08.4][core]") {
  RandomSampler sampler(20, 3);
  const std::string third = text(sampler.order(3));
  (void)sampler.order(0);
  (void)sampler.order(4);
  CHECK(text(sampler.order(3)) == third);  // whatever was asked for in between
  CHECK(text(RandomSampler(20, 3).order(3)) == third);
  sampler.set_epoch(3);
  CHECK(text(sampler.order()) == third);
  CHECK(text(sampler.order()) == third);
  CHECK(sampler.epoch() == 3);
}

TEST_CASE("RandomSampler: no two of 100 seeds and epochs share an order", "[08.4][property]") {
  std::set<std::string> orders;  // seed + epoch has only 19 values
  for (std::uint64_t seed = 0; seed < 10; ++seed) {
    for (Index epoch = 0; epoch < 10; ++epoch) {
      orders.insert(text(RandomSampler(12, seed).order(epoch)));
    }
  }
  CHECK(orders.size() == 100);
}

TEST_CASE("RandomSampler: no examples and one example", "[08.4][edge]") {
  CHECK(RandomSampler(0, 1).order(5).empty());
  CHECK(text(RandomSampler(1, 1).order(5)) == "0");
  CHECK(text(SequentialSampler(4).order(5)) == "0 1 2 3");
  CHECK_THROWS_WITH(SequentialSampler(-1).order(), contains("expects a size >= 0, got -1"));
}
