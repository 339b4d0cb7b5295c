// 08_dataloader / split.hpp: every example in exactly one part.
#include <algorithm>
#include <cmath>

#include <tinytorch/dataloader.hpp>

#include "index_text.hpp"
#include "tensor_close.hpp"

using namespace tinytorch;
using namespace tt_test;

namespace {

/// n examples; x and y of example i are both i.
TensorDataset<Tensor, IndexTensor> numbered(Index n) {
  return {arange(double(n)), IndexTensor(in_order(n), {n})};
}

}  // namespace

TEST_CASE("split_sizes: round down and hand out the rest from the front", "[08.5][core]") {
  CHECK(text(split_sizes(10, {0.8, 0.2})) == "8 2");
  CHECK(text(split_sizes(10, {0.33, 0.33, 0.34})) == "4 3 3");  // 3 + 3 + 3, and one is left
  CHECK(text(split_sizes(11, {0.25, 0.25, 0.25, 0.25})) == "3 3 3 2");
  CHECK(text(split_sizes(3, {0.5, 0.5})) == "2 1");
}

TEST_CASE("split_sizes: what binary fractions lose is not lost", "[08.5][edge]") {
  CHECK(text(split_sizes(100, {0.29, 0.71})) == "29 71");  // 0.29 * 100 is 28.999999999999996
  CHECK(text(split_sizes(0, {0.5, 0.5})) == "0 0");
  CHECK(text(split_sizes(1, {0.1, 0.9})) == "1 0");  // as PyTorch: the first part gets it
  CHECK(text(split_sizes(7, {1.0})) == "7");
  CHECK(text(split_sizes(7, {0.0, 1.0})) == "0 7");
}

TEST_CASE("split_sizes: always n in all and each within one of its share", "[08.5][property]") {
  const std::vector<double> fractions = {0.6, 0.07, 0.13, 0.2};
  for (Index n = 0; n < 200; ++n) {
    const std::vector<Index> sizes = split_sizes(n, fractions);
    Index sum = 0;
    bool near = sizes.size() == 4;
    for (std::size_t part = 0; part < sizes.size(); ++part) {
      sum += sizes[part];
      near = near && std::abs(double(sizes[part]) - fractions[part] * double(n)) <= 1.0;
    }
    INFO("n = " << n << ": " << text(sizes));
    CHECK((near && sum == n));
  }
}

TEST_CASE("split_sizes: fractions that are none", "[08.5][errors]") {
  CHECK(split_sizes(4, {0.5, 0.5}).size() == 2);
  CHECK_THROWS_AS(split_sizes(10, {0.8, 0.1}), ValueError);
  CHECK_THROWS_WITH(split_sizes(10, {0.8, 0.1}), contains("got a sum of 0.900000"));
  CHECK_THROWS_AS(split_sizes(10, {1.5, -0.5}), ValueError);
  CHECK_THROWS_AS(split_sizes(10, {0.5, 0.5 / std::nan("")}), ValueError);
}

TEST_CASE("random_parts: disjoint and complete", "[08.6][core]") {
  Rng rng(2);
  const auto parts = random_parts(20, {12, 0, 5, 3}, rng);
  REQUIRE(parts.size() == 4);
  CHECK(parts[0].size() == 12);
  CHECK(parts[1].empty());
  CHECK(parts[2].size() == 5);
  CHECK(parts[3].size() == 3);
  std::vector<Index> all;
  for (const auto& part : parts) all.insert(all.end(), part.begin(), part.end());
  std::sort(all.begin(), all.end());
  CHECK(text(all) == text(in_order(20)));
}

TEST_CASE("random_parts: each example is as likely to be in one part as in another",
          "[08.6][property]") {
  // 2000 splits of 8 into 6 and 2: an index is in the second part 500 times, with a standard
  // deviation of sqrt(2000 * 1/4 * 3/4) = 19.4; five of them are 97.
  Rng rng(3);
  std::vector<int> times(8, 0);
  for (int round = 0; round < 2000; ++round) {
    const auto parts = random_parts(8, {6, 2}, rng);
    for (const Index i : parts.at(1)) ++times.at(std::size_t(i));
  }
  for (std::size_t i = 0; i < 8; ++i) {
    INFO("example " << i << " was in the small part " << times[i] << " times of 2000");
    CHECK(std::abs(times[i] - 500) < 97);
  }
}

TEST_CASE("random_split: x and y stay together", "[08.5][08.6][core]") {
  Rng rng(1);
  const auto [train, test] = random_split(numbered(10), {0.8, 0.2}, rng);
  CHECK(train.size() == 8);
  CHECK(test.size() == 2);
  for (Index i = 0; i < 8; ++i)
    CHECK(double(train.get(i).x.item()) == double(train.get(i).y.item()));
}

TEST_CASE("random_split: the same generator gives the same parts", "[08.6][core]") {
  Rng one(4), same(4), other(5);
  const auto data = numbered(30);
  const auto first = random_split(data, {20, 10}, one);
  const auto second = random_split(data, {20, 10}, same);
  const auto third = random_split(data, {20, 10}, other);
  CHECK(text(first[0].indices()) == text(second[0].indices()));
  CHECK(text(first[0].indices()) != text(third[0].indices()));
  CHECK(text(random_split(data, {20, 10}, one)[0].indices()) != text(first[0].indices()));
}

TEST_CASE("random_split: parts copy no example", "[08.6][systems]") {
  const auto data = numbered(1000);
  Rng rng(1);
  const auto before = memory::stats().allocations;
  const auto [train, rest] = random_split(data, {900, 100}, rng);
  CHECK(memory::stats().allocations == before);
  CHECK(train.size() + rest.size() == 1000);
}

TEST_CASE("random_split: counts must add up to the examples that there are", "[08.6][errors]") {
  Rng rng(1);
  const auto data = numbered(10);
  CHECK(random_split(data, {4, 6}, rng)[1].size() == 6);
  CHECK_THROWS_AS(random_split(data, {4, 5}, rng), ValueError);
  CHECK_THROWS_WITH(random_split(data, {4, 5}, rng),
                    contains("add up to the 10 examples, got a sum of 9"));
  CHECK_THROWS_AS(random_split(data, {14, -4}, rng), ValueError);
}
