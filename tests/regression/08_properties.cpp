// What must hold of any number of examples in batches of any size.
#include <algorithm>

#include <tinytorch/dataloader.hpp>

#include "index_text.hpp"
#include "seeds.hpp"

using namespace tinytorch;
using namespace tt_test;

namespace {

using Numbered = TensorDataset<Tensor, IndexTensor>;

Numbered numbered(Index n) { return {arange(double(n)), IndexTensor(in_order(n), {n})}; }

std::string sorted_text(std::vector<Index> list) {
  std::sort(list.begin(), list.end());
  return text(list);
}

}  // namespace

TEST_CASE("properties of 08: an epoch is each example once, with its own label", "[08][property]") {
  for_each_seed(60, [](Random& random) {
    const Index n = random.between(1, 30), size = random.between(1, 8);
    const std::uint64_t seed = std::uint64_t(random.below(1000));
    DataLoader loader(numbered(n), {.batch_size = size, .shuffle = random.coin(), .seed = seed});
    DataLoader same(numbered(n), loader.options());
    for (int epoch = 0; epoch < 2; ++epoch) {
      std::vector<Index> seen, again;
      Index batches = 0;
      for (const auto& [x, y] : loader) {
        CHECK(x.size(0) == (++batches < loader.size() ? size : n - size * (loader.size() - 1)));
        for (Index i = 0; i < y.numel(); ++i) {
          seen.push_back(y[i]);
          if (Index(x.at({i})) != y[i]) CHECK(Index(x.at({i})) == y[i]);
        }
      }
      for (const auto& [x, y] : same) {
        for (Index i = 0; i < y.numel(); ++i) again.push_back(y[i]);
      }
      CHECK(sorted_text(seen) == text(in_order(n)));
      CHECK(text(seen) == text(again));  // the same seed gives the same epochs
    }
  });
}

TEST_CASE("properties of 08: the parts of a split are the whole", "[08][property]") {
  for_each_seed(60, [](Random& random) {
    const Index n = random.between(0, 40);
    std::vector<Index> sizes;
    for (Index left = n; left > 0; left -= sizes.back()) sizes.push_back(random.between(1, left));
    sizes.push_back(0);
    Rng rng(std::uint64_t(random.below(1000)));
    std::vector<Index> all;
    const auto parts = random_parts(n, sizes, rng);
    REQUIRE(parts.size() == sizes.size());
    for (std::size_t i = 0; i < parts.size(); ++i) {
      CHECK(Index(parts[i].size()) == sizes[i]);
      all.insert(all.end(), parts[i].begin(), parts[i].end());
    }
    CHECK(sorted_text(all) == text(in_order(n)));
  });
}

TEST_CASE("properties of 08: windows overlap by all but one token", "[08][property]") {
  for_each_seed(40, [](Random& random) {
    const Index n = random.between(3, 20), block = random.between(1, n - 1);
    std::vector<Index> tokens;
    for (Index i = 0; i < n; ++i) tokens.push_back(random.below(100));
    const TextWindows windows(IndexTensor(tokens, {n}), block);
    CHECK(windows.size() == n - block);
    for (Index i = 0; i < windows.size(); ++i) {
      const auto [x, y] = windows.get(i);
      const std::vector<Index> from(tokens.begin() + i, tokens.begin() + i + block);
      const std::vector<Index> to(tokens.begin() + i + 1, tokens.begin() + i + block + 1);
      CHECK(text(x.to_vector()) == text(from));
      CHECK(text(y.to_vector()) == text(to));
    }
  });
}
