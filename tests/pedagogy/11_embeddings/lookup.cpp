// embedding: the rows that ids ask for; one_hot, the same thing as a matrix.
#include <tinytorch/embeddings/embedding.hpp>

#include "golden.hpp"
#include "index_text.hpp"
#include "tensor_close.hpp"

using namespace tinytorch;
using namespace tt_test;

namespace {

/// [[1, 2], [3, 4], [5, 6]]
Tensor small_table() { return tensor({1, 2, 3, 4, 5, 6}, {3, 2}); }

/// The table of golden.hpp: [5, 3], sin of each place.
Tensor sine_table() {
  const Tensor table = empty({5, 3});
  for (Index i = 0; i < 15; ++i) table.data()[i] = static_cast<real>(std::sin(double(i)));
  return table;
}

}  // namespace

TEST_CASE("embedding: the worked example", "[11.3][core]") {
  CHECK_TENSOR(embedding(small_table(), index_tensor({2, 0, 2}, {3})),
               values({5, 6, 1, 2, 5, 6}, {3, 2}));
}

TEST_CASE("embedding: as PyTorch looks up", "[11.3][core]") {
  const Tensor rows = embedding(sine_table(), index_tensor({4, 0, 2, 0, 4, 4}, {2, 3}));
  CHECK_TENSOR(rows, values({std::begin(golden::embedding_rows), std::end(golden::embedding_rows)},
                            {2, 3, 3}));
}

TEST_CASE("embedding: one more axis than the ids have", "[11.3][edge]") {
  CHECK_TENSOR(embedding(small_table(), index_tensor({1}, {})), values({3, 4}, {2}));
  CHECK_SHAPE(embedding(small_table(), index_tensor({0, 1, 2, 0}, {2, 1, 2})), {2, 1, 2, 2});
  CHECK_SHAPE(embedding(small_table(), index_tensor({}, {0})), {0, 2});
  CHECK_SHAPE(embedding(zeros({3, 0}), index_tensor({2, 1}, {2})), {2, 0});
  CHECK_TENSOR(embedding(tensor({7, 8, 9}, {3, 1}), index_tensor({2, 0}, {2})),
               values({9, 7}, {2, 1}));
}

TEST_CASE("embedding: a table that is a view", "[11.3][edge]") {
  const Tensor turned = tensor({1, 3, 5, 2, 4, 6}, {2, 3}).transpose(0, 1);  // [3, 2]
  CHECK_TENSOR(embedding(turned, index_tensor({2, 1}, {2})), values({5, 6, 3, 4}, {2, 2}));
  const Tensor part = tensor({0, 0, 1, 2, 3, 4}, {3, 2}).slice(0, 1, 3);  // begins inside
  CHECK_TENSOR(embedding(part, index_tensor({1, 0}, {2})), values({3, 4, 1, 2}, {2, 2}));
}

TEST_CASE("embedding: the result is a copy", "[11.3][edge]") {
  const Tensor table = small_table();
  Tensor rows = embedding(table, index_tensor({0}, {1}));
  rows.set({0, 0}, 100);
  CHECK(table.at({0, 0}) == 1);
  CHECK_FALSE(rows.shares_storage_with(table));
}

TEST_CASE("embedding: a bad id is named with its place", "[11.1][errors]") {
  CHECK_THROWS_AS(embedding(small_table(), index_tensor({3}, {1})), IndexError);
  CHECK_THROWS_WITH(embedding(zeros({4, 2}), index_tensor({3, 0, 9, 1}, {2, 2})),
                    contains("embedding: expects ids in 0 .. 3, got 9 at [1, 0]"));
  CHECK_THROWS_WITH(embedding(small_table(), index_tensor({0, -1}, {2})),
                    contains("expects ids in 0 .. 2, got -1 at [1]"));
  CHECK_THROWS_WITH(embedding(small_table(), index_tensor({3}, {})), contains("got 3 at []"));
}

TEST_CASE("embedding: the first bad id is the one that is told", "[11.1][errors]") {
  CHECK_THROWS_WITH(embedding(small_table(), index_tensor({0, 7, 1, 8}, {4})),
                    contains("got 7 at [1]"));
  CHECK_THROWS_WITH(embedding(zeros({2, 2}), index_tensor({0, 1, 0, 0, 1, 5}, {1, 3, 2})),
                    contains("got 5 at [0, 2, 1]"));
}

TEST_CASE("checked_ids: a copy of ids that are right", "[11.1][edge]") {
  IndexTensor ids = index_tensor({0, 2, 1, 0}, {2, 2});
  const IndexTensor own = detail::checked_ids(ids, 3, "a test");
  ids.set({0, 0}, 2);
  CHECK(text(own) == "[2, 2]: 0 2 1 0");
  CHECK_THROWS_WITH(detail::checked_ids(ids, 2, "a test"),
                    contains("a test: expects ids in 0 .. 1"));
}

TEST_CASE("one_hot: a single one in each row", "[11.2][core]") {
  CHECK_TENSOR(one_hot(index_tensor({2, 0}, {2}), 3), values({0, 0, 1, 1, 0, 0}, {2, 3}));
  CHECK_TENSOR(one_hot(index_tensor({1, 1, 0, 1}, {2, 2}), 2),
               values({0, 1, 0, 1, 1, 0, 0, 1}, {2, 2, 2}));
  CHECK_TENSOR(one_hot(index_tensor({3}, {}), 5), values({0, 0, 0, 1, 0}, {5}));
}

TEST_CASE("one_hot: classes that are not asked for and ids that are none", "[11.2][errors]") {
  CHECK_SHAPE(one_hot(index_tensor({}, {0}), 4), {0, 4});
  CHECK_TENSOR(one_hot(index_tensor({0}, {1}), 1), values({1}, {1, 1}));
  CHECK_THROWS_WITH(one_hot(index_tensor({0, 3}, {2}), 3),
                    contains("one_hot: expects ids in 0 .. 2, got 3 at [1]"));
}

TEST_CASE("embedding: the same as a product with one-hot rows", "[11.3][11.2][property]") {
  Rng rng(3);
  const Tensor table = randn({7, 4}, rng);
  std::vector<Index> ids;
  for (int i = 0; i < 12; ++i) ids.push_back(rng.below(7));
  const IndexTensor places(ids, {3, 4});
  CHECK_TENSOR(embedding(table, places), matmul(one_hot(places, 7), table));
  Index wrong = 0;  // and as the table says, number by number
  const Tensor rows = embedding(table, places);
  for (const Shape& at : all_indices({3, 4, 4})) {
    wrong += rows.at(at) != table.at({places.at({at[0], at[1]}), at[2]});
  }
  CHECK(wrong == 0);
}

TEST_CASE("embedding: what is no table and what are no ids", "[11.3][errors]") {
  CHECK_SHAPE(embedding(small_table(), index_tensor({0}, {1})), {1, 2});
  CHECK_THROWS_WITH(embedding(zeros({3}), index_tensor({0}, {1})),
                    contains("embedding: expects a table [V, C], got [3]"));
  CHECK_THROWS_AS(embedding(small_table(), IndexTensor()), ValueError);
  CHECK_THROWS_WITH(embedding(small_table(), index_tensor({0}, {1}), {.padding_idx = 3}),
                    contains("expects padding_idx in -3 .. 2, got 3"));
}
