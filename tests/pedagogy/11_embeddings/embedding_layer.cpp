// class Embedding: a table with a name, drawn from a seed, and what a padding row means.
#include <tinytorch/embeddings/embedding.hpp>

#include "tensor_close.hpp"

using namespace tinytorch;
using namespace tt_test;

TEST_CASE("Embedding: looks up in its weight", "[11.3][core]") {
  Rng rng(1);
  const Embedding table(5, 3, rng);
  CHECK(table.parameter_count() == 15);
  CHECK(table.named_parameters().at(0).first == "weight");
  const Tensor y = table(index_tensor({4, 0, 4, 2}, {2, 2}));
  CHECK_SHAPE(y, {2, 2, 3});
  for (Index c = 0; c < 3; ++c) {
    CHECK(y.at({0, 0, c}) == table.weight.at({4, c}));
    CHECK(y.at({1, 1, c}) == table.weight.at({2, c}));
  }
}

TEST_CASE("Embedding: starts normal with variance one", "[11.3][property]") {
  Rng rng(2);
  const Embedding table(400, 50, rng);
  CHECK(std::abs(mean(table.weight).item()) < 0.03);  // 4 standard deviations of a mean of 20,000
  CHECK(std::abs(var(table.weight).item() - 1) < 0.05);
  CHECK_SHAPE(table(index_tensor({399}, {1})), {1, 50});
}

TEST_CASE("Embedding: learns the rows that were used", "[11.5][core]") {
  Rng rng(3);
  const Embedding table(4, 2, rng);
  sum(table(index_tensor({1, 3, 1}, {3}))).backward();
  CHECK_TENSOR(table.weight.grad(), values({0, 0, 2, 2, 0, 0, 1, 1}, {4, 2}));
}

TEST_CASE("Embedding: a padding row starts as zeros and stays", "[11.4][11.5][edge]") {
  Rng rng(4), same(4);
  const Embedding table(4, 2, rng, {.padding_idx = 2});
  CHECK_TENSOR(table(index_tensor({2}, {1})), values({0, 0}, {1, 2}));
  sum(table(index_tensor({2, 0, 2, 3}, {4}))).backward();
  CHECK_TENSOR(table.weight.grad(), values({1, 1, 0, 0, 0, 0, 1, 1}, {4, 2}));
  const Embedding plain(4, 2, same);  // the other rows are drawn as without padding
  CHECK(table.weight.at({3, 1}) == plain.weight.at({3, 1}));
  const Embedding last(4, 2, rng, {.padding_idx = -1});
  CHECK(last.weight.at({3, 0}) == 0);
}

TEST_CASE("Embedding: a padding row of id 0", "[11.4][11.5][edge]") {
  Rng rng(5);
  const Embedding table(3, 1, rng, {.padding_idx = 0});
  sum(table(index_tensor({0, 1, 0}, {3}))).backward();
  CHECK_TENSOR(table.weight.grad(), values({0, 1, 0}, {3, 1}));
}

TEST_CASE("Embedding: a state that is loaded is what is looked up", "[11.3][edge]") {
  Rng rng(6);
  const Embedding one(3, 2, rng), two(3, 2, rng);
  two.load_state_dict(one.state_dict());
  CHECK_TENSOR(two(index_tensor({2, 1}, {2})), one(index_tensor({2, 1}, {2})));
  CHECK(two(index_tensor({2}, {1})).at({0, 0}) == one.weight.at({2, 0}));
}

TEST_CASE("Embedding: errors say what was wrong", "[11.1][errors]") {
  Rng rng(7);
  const Embedding table(27, 8, rng);
  CHECK_THROWS_WITH(table(index_tensor({0, 27}, {1, 2})),
                    contains("embedding: expects ids in 0 .. 26, got 27 at [0, 1]"));
  CHECK_THROWS_AS(table(zeros({2, 3})), Error);  // numbers are no ids
  CHECK_THROWS_AS(Embedding(0, 8, rng), ValueError);
  CHECK_THROWS_AS(Embedding(3, 2, rng, {.padding_idx = 3}), IndexError);
}
