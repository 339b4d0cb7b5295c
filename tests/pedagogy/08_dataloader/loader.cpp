// 08_dataloader / loader.hpp: the batches of an epoch.
#include <algorithm>

#include <tinytorch/dataloader.hpp>

#include "index_text.hpp"
#include "tensor_close.hpp"

using namespace tinytorch;
using namespace tt_test;

namespace {

using Numbered = TensorDataset<Tensor, IndexTensor>;

/// n examples: x of example i is [i, -i], y is i.
Numbered numbered(Index n) {
  const Tensor i = arange(double(n));
  return {stack({i, -i}, 1), IndexTensor(in_order(n), {n})};
}

/// All labels of one epoch, in the order in which they come.
template <class Loader>
std::vector<Index> labels_of(Loader& loader) {
  std::vector<Index> labels;
  for (const auto& [x, y] : loader) {
    for (Index i = 0; i < y.numel(); ++i) labels.push_back(y[i]);
  }
  return labels;
}

/// A dataset of one's own needs two members, and no tensor in memory.
struct Squares {
  Index size() const { return 4; }
  RegressionExample get(Index i) const { return {full({1}, real(i)), scalar(real(i * i))}; }
};

/// Pictures of different sizes.
struct Growing {
  Index size() const { return 3; }
  RegressionExample get(Index i) const { return {zeros({i + 1}), scalar(0)}; }
};

static_assert(Dataset<Squares>);
static_assert(!Dataset<std::vector<Index>>);
static_assert(std::ranges::input_range<DataLoader<Squares>>);

}  // namespace

TEST_CASE("DataLoader: how many batches", "[08.7][core]") {
  CHECK(DataLoader(numbered(10), {.batch_size = 4}).size() == 3);
  CHECK(DataLoader(numbered(10), {.batch_size = 4, .drop_last = true}).size() == 2);
  CHECK(DataLoader(numbered(12), {.batch_size = 4}).size() == 3);
  CHECK(DataLoader(numbered(12), {.batch_size = 4, .drop_last = true}).size() == 3);
}

TEST_CASE("DataLoader: few examples or none", "[08.7][edge]") {
  CHECK(DataLoader(numbered(3), {.batch_size = 100}).size() == 1);
  CHECK(DataLoader(numbered(3), {.batch_size = 100, .drop_last = true}).size() == 0);
  DataLoader nothing(Numbered(zeros({0, 2}), index_tensor({}, {0})), {.batch_size = 4});
  CHECK(nothing.size() == 0);
  CHECK(labels_of(nothing).empty());
  CHECK(DataLoader(numbered(3)).size() == 3);  // batch_size is 1 unless you say otherwise
}

TEST_CASE("DataLoader: a batch is a piece of the order", "[08.8][core]") {
  const DataLoader loader(numbered(5), {.batch_size = 2});
  const std::vector<Index> order = {3, 1, 4, 0, 2};
  CHECK_TENSOR(loader.batch(order, 0, 1).x, values({4, -4, 0, 0}, {2, 2}));
  CHECK(text(loader.batch(order, 0, 0).y) == "[2]: 3 1");
  CHECK(text(loader.batch(order, 0, 1).y) == "[2]: 4 0");
  CHECK(text(loader.batch(order, 0, 2).y) == "[1]: 2");  // what is left
}

TEST_CASE("DataLoader: without shuffle the examples come in order", "[08.7][08.8][core]") {
  DataLoader loader(numbered(5), {.batch_size = 2});
  std::string shapes;
  for (const auto& [x, y] : loader) shapes += to_string(x.shape()) + " ";
  CHECK(shapes == "[2, 2] [2, 2] [1, 2] ");
  CHECK(text(labels_of(loader)) == "0 1 2 3 4");
}

TEST_CASE("DataLoader: drop_last leaves out what is not a full batch", "[08.7][08.8][core]") {
  DataLoader loader(numbered(5), {.batch_size = 2, .drop_last = true});
  CHECK(text(labels_of(loader)) == "0 1 2 3");
}

TEST_CASE("DataLoader: an epoch is every example once with its own label", "[08.8][property]") {
  DataLoader loader(numbered(23), {.batch_size = 4, .shuffle = true, .seed = 9});
  std::vector<Index> seen;
  for (const auto& [x, y] : loader) {
    REQUIRE(x.size(0) == y.size(0));
    for (Index i = 0; i < y.numel(); ++i) {
      CHECK(double(x.at({i, 0})) == double(y[i]));
      seen.push_back(y[i]);
    }
  }
  CHECK(text(seen) != text(in_order(23)));
  std::sort(seen.begin(), seen.end());
  CHECK(text(seen) == text(in_order(23)));
}

TEST_CASE("DataLoader: each loop is a new epoch and every run has the same ones",
          "[08.4][08.8][core]") {
  DataLoader loader(numbered(12), {.batch_size = 5, .shuffle = true, .seed = 2});
  const std::string first = text(labels_of(loader)), second = text(labels_of(loader));
  CHECK(first != second);
  CHECK(loader.epoch() == 2);
  loader.set_epoch(1);  // as after an interruption
  CHECK(text(labels_of(loader)) == second);
  DataLoader again(numbered(12), {.batch_size = 3, .shuffle = true, .seed = 2});
  CHECK(text(labels_of(again)) == first);  // the order does not depend on the batch size
  DataLoader other(numbered(12), {.batch_size = 3, .shuffle = true, .seed = 3});
  CHECK(text(labels_of(other)) != first);
}

TEST_CASE("DataLoader: any dataset and any shape of target", "[08.8][edge]") {
  DataLoader squares(Squares{}, {.batch_size = 3});
  const RegressionExample batch = *squares.begin();
  CHECK_TENSOR(batch.x, values({0, 1, 2}, {3, 1}));
  CHECK_TENSOR(batch.y, values({0, 1, 4}, {3}));
  DataLoader boxes(TensorDataset(zeros({2, 1}), index_tensor({1, 2, 3, 4, 5, 6}, {2, 3})),
                   {.batch_size = 2});
  CHECK(text((*boxes.begin()).y) == "[2, 3]: 1 2 3 4 5 6");
}

TEST_CASE("DataLoader: no batch of nothing and no batch of two sizes", "[08.7][08.8][errors]") {
  CHECK_THROWS_AS(DataLoader(numbered(3), {.batch_size = 0}), ValueError);
  CHECK_THROWS_WITH(DataLoader(numbered(3), {.batch_size = -2}),
                    contains("DataLoader: expects batch_size >= 1, got -2"));
  DataLoader loader(Growing{}, {.batch_size = 3});
  CHECK(loader.size() == 1);
  CHECK_THROWS_WITH((void)*loader.begin(), contains("expects tensors of one shape"));
}

TEST_CASE("DataLoader: one batch at a time is in memory", "[08.8][systems]") {
  const Index n = 64, width = 100;
  DataLoader loader(Numbered(zeros({n, width}), IndexTensor(in_order(n), {n})), {.batch_size = 16});
  const auto before = memory::stats().live_bytes;
  memory::reset_peak();
  Index sum = 0;
  for (const auto& [x, y] : loader) sum += x.size(0);
  CHECK(sum == n);
  CHECK(memory::stats().live_bytes == before);
  CHECK(memory::stats().peak_bytes - before == 16 * width * sizeof(real));
}

TEST_CASE("DataLoader: what is passed over is not made", "[08.7][08.8][systems]") {
  DataLoader loader(numbered(100), {.batch_size = 10});
  const auto before = memory::stats().allocations;
  auto it = loader.begin();
  for (int batch = 0; batch < 9; ++batch) ++it;
  CHECK(memory::stats().allocations == before);
  CHECK((*it).y[0] == 90);
  ++it;
  CHECK(it == loader.end());
}
