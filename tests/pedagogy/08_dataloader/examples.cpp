// 08_dataloader / dataset.hpp: what a dataset hands out, and how examples become a batch.
#include <tinytorch/dataloader.hpp>

#include "index_text.hpp"
#include "tensor_close.hpp"

using namespace tinytorch;
using namespace tt_test;

namespace {

Example one(std::vector<real> numbers, Index label) {
  return {tensor(numbers), index_tensor({label}, {})};
}

/// Three pictures of 2 pixels that show 7, 8 and 9.
TensorDataset<Tensor, IndexTensor> three() {
  return {tensor({1, 2, 3, 4, 5, 6}, {3, 2}), index_tensor({7, 8, 9}, {3})};
}

}  // namespace

TEST_CASE("row: the label of one example has no axes", "[08.1][core]") {
  const IndexTensor labels = index_tensor({7, 8, 9}, {3});
  CHECK(text(row(labels, 0)) == "[]: 7");
  CHECK(text(row(labels, 2)) == "[]: 9");
}

TEST_CASE("row: several labels of an example stay together", "[08.1][edge]") {
  const IndexTensor labels = index_tensor({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}, {2, 2, 3});
  CHECK(text(row(labels, 1)) == "[2, 3]: 7 8 9 10 11 12");
  CHECK(text(row(index_tensor({1, 2, 3}, {3, 1}), 1)) == "[1]: 2");
  CHECK(text(row(index_tensor({}, {3, 0}), 1)) == "[0]: ");
}

TEST_CASE("row: numbers of its own", "[08.1][edge]") {
  IndexTensor labels = index_tensor({7, 8}, {2});
  const IndexTensor second = row(labels, 1);
  labels.set({1}, 100);
  CHECK(second.item() == 8);
}

TEST_CASE("stack: the labels of a batch", "[08.2][core]") {
  const std::vector<IndexTensor> pairs = {index_tensor({1, 2}, {2}), index_tensor({3, 4}, {2}),
                                          index_tensor({5, 6}, {2})};
  CHECK(text(stack(pairs)) == "[3, 2]: 1 2 3 4 5 6");
}

TEST_CASE("stack: scalars and empty ones and only one", "[08.2][edge]") {
  const IndexTensor five = index_tensor({5}, {}), none = index_tensor({}, {0});
  CHECK(text(stack(std::vector{five, index_tensor({6}, {}), five})) == "[3]: 5 6 5");
  CHECK(text(stack(std::vector{none, none})) == "[2, 0]: ");
  CHECK(text(stack(std::vector{index_tensor({1, 2, 3, 4}, {2, 2})})) == "[1, 2, 2]: 1 2 3 4");
}

TEST_CASE("stack: shapes must be equal and not only counts", "[08.2][errors]") {
  const IndexTensor wide = index_tensor({1, 2, 3, 4, 5, 6}, {2, 3}), tall = wide.reshape({3, 2});
  const auto expected = contains("stack: expects tensors of one shape, got [2, 3] and [3, 2]");
  CHECK_THROWS_AS(stack(std::vector{wide, tall}), ShapeError);
  CHECK_THROWS_WITH(stack(std::vector{wide, tall}), expected);
  CHECK_THROWS_WITH(stack(std::vector{wide, wide, tall}), expected);
  CHECK_THROWS_AS(stack(std::vector{index_tensor({1}, {1}), index_tensor({1}, {})}), ShapeError);
}

TEST_CASE("collate: three examples become one batch", "[08.2][core]") {
  const Example batch = collate(std::vector{one({1, 2}, 7), one({3, 4}, 8), one({5, 6}, 9)});
  CHECK_TENSOR(batch.x, values({1, 2, 3, 4, 5, 6}, {3, 2}));
  CHECK(text(batch.y) == "[3]: 7 8 9");
}

TEST_CASE("TensorDataset: example i is row i of both", "[08.1][core]") {
  const auto data = three();
  const auto [x, y] = data.get(1);
  CHECK(data.size() == 3);
  CHECK_TENSOR(x, values({3, 4}, {2}));
  CHECK(text(y) == "[]: 8");
}

TEST_CASE("TensorDataset: an example copies no pixel", "[08.1][systems]") {
  const auto data = three();
  const auto before = memory::stats().allocations;
  const Example last = data.get(2);
  CHECK(memory::stats().allocations == before);
  CHECK(last.y.item() == 9);
}

TEST_CASE("TensorDataset: minus one is the last and beyond is an error", "[08.1][errors]") {
  const auto data = three();
  CHECK(data.get(-1).y.item() == 9);
  CHECK(data.get(-3).y.item() == 7);
  CHECK_THROWS_AS((void)data.get(3), IndexError);
  CHECK_THROWS_WITH((void)data.get(-4),
                    contains("TensorDataset: expects an example in [-3, 2], got -4"));
  using Pair = TensorDataset<Tensor, IndexTensor>;
  CHECK_THROWS_WITH(Pair(zeros({3, 2}), index_tensor({1, 2}, {2})), contains("got [3, 2] and [2]"));
  CHECK_THROWS_AS(Pair(scalar(1), index_tensor({1}, {1})), ShapeError);
}

TEST_CASE("Subset: some examples in an order of their own", "[08.1][core]") {
  const Subset some(three(), {2, 0, 2});
  CHECK(some.size() == 3);
  CHECK(some.get(0).y.item() == 9);
  CHECK(some.get(1).y.item() == 7);
  const Subset fewer(some, {1});  // of the subset, not of the whole
  CHECK_TENSOR(fewer.get(0).x, values({1, 2}, {2}));
  CHECK_THROWS_WITH((void)fewer.get(1), contains("Subset: expects an example in [-1, 0], got 1"));
  CHECK_THROWS_AS(Subset(three(), {0, 3}), IndexError);
}
