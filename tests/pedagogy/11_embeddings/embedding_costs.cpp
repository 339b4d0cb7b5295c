// What a table costs: bytes and operations, counted.
#include <tinytorch/embeddings.hpp>

#include "tensor_close.hpp"

using namespace tinytorch;
using namespace tt_test;

namespace {

std::uint64_t bytes(Index numbers) { return static_cast<std::uint64_t>(numbers) * sizeof(real); }

}  // namespace

TEST_CASE("costs: a look-up allocates its result and nothing of the size of the table",
          "[11.3][systems]") {
  Rng rng(1);
  const Embedding table(1000, 8, rng);
  const IndexTensor ids = index_tensor({5, 999, 5, 0}, {4});
  const NoGrad off;
  const auto before = memory::stats();
  const Tensor y = table(ids);
  CHECK(memory::stats().allocated_bytes - before.allocated_bytes == bytes(4 * 8));
  CHECK_SHAPE(y, {4, 8});
}

TEST_CASE("costs: a look-up does no arithmetic where a product does 2 N V C",
          "[11.3][11.2][systems]") {
  Rng rng(2);
  const Tensor table = randn({50, 8}, rng);
  const IndexTensor ids = index_tensor({5, 49, 5, 0}, {4});
  FlopCounter counter;
  const Tensor looked_up = embedding(table, ids);
  CHECK(counter.total() == 0);
  CHECK_TENSOR(matmul(one_hot(ids, 50), table), looked_up);
  CHECK(counter.of("matmul") == 2 * 4 * 50 * 8);
}

TEST_CASE("costs: the gradient of four rows is as large as the table", "[11.4][11.5][systems]") {
  Rng rng(3);
  const Embedding table(1000, 8, rng);
  const Tensor loss = sum(table(index_tensor({5, 999, 5, 0}, {4})));
  FlopCounter counter;
  loss.backward();
  CHECK(counter.of("embedding_grad") == 4 * 8);
  CHECK(table.weight.grad().nbytes() == static_cast<Index>(bytes(1000 * 8)));
}

TEST_CASE("costs: a graph keeps ids but no numbers", "[11.3][systems]") {
  Rng rng(4);
  const Embedding table(100, 16, rng);
  const auto before = memory::stats().live_bytes;
  Tensor y = table(index_tensor({1, 2, 3}, {3}));
  CHECK(memory::stats().live_bytes - before == bytes(3 * 16));
  y = sum(y);  // sum's rule reads shapes only, the look-up's as well
  CHECK(memory::stats().live_bytes - before == bytes(1));
}

TEST_CASE("costs: positions are added to a batch without being repeated", "[11.8][systems]") {
  Rng rng(5);
  const LearnedPositions places(100, 8, rng);
  const Tensor x = zeros({6, 10, 8});
  const NoGrad off;
  const auto before = memory::stats();
  FlopCounter counter;
  const Tensor y = places(x);
  CHECK(memory::stats().allocated_bytes - before.allocated_bytes == bytes(6 * 10 * 8));
  CHECK(counter.total() == 6 * 10 * 8);
  CHECK_SHAPE(y, {6, 10, 8});
}

TEST_CASE("costs: a rotation is three operations a number", "[11.9][systems]") {
  FlopCounter counter;
  CHECK_SHAPE(apply_rope(zeros({2, 5, 8})), {2, 5, 8});
  CHECK(counter.of("rope") == 3 * 2 * 5 * 8);
}
