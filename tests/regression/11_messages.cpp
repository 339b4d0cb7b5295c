// Messages that a student of 11 meets most, word for word (01_messages.cpp says why).
#include <tinytorch/embeddings.hpp>

#include "tensor_close.hpp"

using namespace tinytorch;

TEST_CASE("messages of 11: ids and places that are not in the table", "[11][regression]") {
  Rng rng(1);
  const Embedding table(5, 4, rng);
  CHECK_SHAPE(table(index_tensor({0, 4}, {2})), {2, 4});
  CHECK_THROWS_WITH(table(index_tensor({0, 5}, {2})),
                    "embedding: expects ids in 0 .. 4, got 5 at [1]\n"
                    "  hint: is it the tokenizer that the table was made for?");
  CHECK_THROWS_WITH(one_hot(index_tensor({-1}, {1}), 3),
                    "one_hot: expects ids in 0 .. 2, got -1 at [0]\n"
                    "  hint: is it the tokenizer that the table was made for?");
  CHECK_THROWS_WITH(LearnedPositions(3, 4, rng)(zeros({1, 4, 4})),
                    "LearnedPositions: expects at most 3 positions, got 4 from position 0\n"
                    "  hint: there is no vector for a position behind the last one");
  CHECK_THROWS_WITH(LearnedPositions(3, 4, rng)(zeros({1, 2, 4}), 2),
                    "LearnedPositions: expects at most 3 positions, got 2 from position 2\n"
                    "  hint: there is no vector for a position behind the last one");
  CHECK_THROWS_WITH(PositionalEncoding(4, 3)(zeros({1, 2, 6})),
                    "PositionalEncoding: expects [*, T, 4], got [1, 2, 6]");
}
