// Splits, batches, crops and windows as PyTorch makes them: tests/oracles/08_dataloader.py. Which order a shuffle draws
// is each library's own business and is not compared.
#include <algorithm>

#include <tinytorch/dataloader.hpp>

#include "08_oracle.hpp"

using namespace tinytorch;
using namespace tt_test;

namespace {

using Numbered = TensorDataset<Tensor, IndexTensor>;

Numbered numbered(Index n) { return {arange(double(n)), IndexTensor(in_order(n), {n})}; }

}  // namespace

TEST_CASE("oracle of 08: sizes of splits", "[08][regression]") {
  std::vector<Index> ours;
  for (const Index n : {1, 2, 3, 7, 10, 11, 99, 100, 101, 997}) {
    for (const std::vector<double>& fractions : std::vector<std::vector<double>>{
             {0.8, 0.2}, {0.7, 0.15, 0.15}, {0.29, 0.71}, {1.0 / 3, 1.0 / 3, 1.0 / 3}}) {
      for (const Index size : split_sizes(n, fractions)) ours.push_back(size);
    }
  }
  CHECK(ours == oracle::split_sizes);
}

TEST_CASE("oracle of 08: how many batches there are", "[08][regression]") {
  std::vector<Index> ours;
  for (const Index n : {0, 1, 5, 6, 7}) {
    for (const Index batch : {1, 2, 3, 7}) {
      for (const bool drop_last : {false, true}) {
        const Numbered data = n == 0 ? Numbered(empty({0}), IndexTensor({}, {0})) : numbered(n);
        ours.push_back(DataLoader(data, {.batch_size = batch, .drop_last = drop_last}).size());
      }
    }
  }
  CHECK(ours == oracle::loader_sizes);
}

TEST_CASE("oracle of 08: what the batches hold", "[08][regression]") {
  const Numbered data(waves(1, {5, 2, 3}), index_tensor({4, 0, 3, 1, 2}, {5}));
  DataLoader loader(data, {.batch_size = 2});
  const Golden pictures[] = {oracle::batch_0(), oracle::batch_1(), oracle::batch_2()};
  const std::vector<Index> labels[] = {oracle::batch_0_labels, oracle::batch_1_labels,
                                       oracle::batch_2_labels};
  std::size_t number = 0;
  for (const auto& [x, y] : loader) {
    REQUIRE(number < 3);
    check_golden(pictures[number], x);
    CHECK(y.to_vector() == labels[number++]);
  }
  CHECK(number == 3);
}

TEST_CASE("oracle of 08: normalised, flipped and cropped pictures", "[08][regression]") {
  Rng rng(1);
  check_golden(oracle::normalized(), Normalize({0.1, -0.2}, {0.5, 2})(waves(1, {2, 2, 3}), rng));
  const Tensor image = waves(1, {1, 4, 5});
  check_golden(oracle::flipped(), RandomHorizontalFlip(1)(image, rng));

  // A crop is one of the windows that PyTorch finds, and in the end each of them was drawn.
  const Golden crops = oracle::crops();  // [20, 1, 3, 3]
  const Tensor windows = tensor_of(crops.value);
  std::vector<int> drawn(static_cast<std::size_t>(windows.size(0)), 0);
  const RandomCrop crop(3, 1);
  for (int i = 0; i < 400; ++i) {
    const Values ours = read(crop(image, rng));
    std::size_t found = drawn.size();
    for (std::size_t k = 0; k < drawn.size(); ++k) {
      if (difference(ours, read(windows.select(0, Index(k))), golden_tolerance).empty()) found = k;
    }
    REQUIRE(found < drawn.size());
    ++drawn[found];
  }
  CHECK(std::count(drawn.begin(), drawn.end(), 0) == 0);
}

TEST_CASE("oracle of 08: windows of a text and tiles of a sheet", "[08][regression]") {
  const TextWindows windows(index_tensor({3, 1, 4, 1, 5, 9, 2, 6}, {8}), 3);
  std::vector<Index> inputs, targets;
  for (Index i = 0; i < windows.size(); ++i) {
    const auto [x, y] = windows.get(i);
    for (const Index token : x.to_vector()) inputs.push_back(token);
    for (const Index token : y.to_vector()) targets.push_back(token);
  }
  CHECK(inputs == oracle::window_inputs);
  CHECK(targets == oracle::window_targets);
  const TileGrid grid{.rows = 2, .columns = 3, .height = 3, .width = 2, .count = 5};
  check_golden(oracle::tiles(), cut_tiles(waves(1, {6, 6}), grid));
}
