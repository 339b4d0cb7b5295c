// In the original, embeddings and positions were computed in NumPy and wrapped in a new tensor: no graph, so nothing
// behind them could be trained, and no error said so. harvard-edge/cs249r_book, tinytorch/src/11_embeddings.
#include <tinytorch/embeddings.hpp>

#include "tensor_close.hpp"

using namespace tinytorch;
using namespace tt_test;

TEST_CASE("gradients reach the table: through positions and a layer", "[11.5][11.8][regression]") {
  Rng rng(1);
  const Embedding tokens(6, 4, rng);
  const LearnedPositions places(5, 4, rng);
  const Linear head(4, 3, rng);
  const IndexTensor ids = index_tensor({0, 3, 5, 3, 3, 1}, {2, 3});
  sum(pow(head(places(tokens(ids))), 2)).backward();
  for (const Tensor& parameter : {tokens.weight, places.weight, head.weight, head.bias}) {
    REQUIRE(parameter.grad().defined());
    CHECK(sum(abs(parameter.grad())).item() > 0);
  }
  for (Index c = 0; c < 4; ++c) {
    CHECK(tokens.weight.grad().at({2, c}) == 0);  // ids 2 and 4 were not used
    CHECK(tokens.weight.grad().at({3, c}) != 0);
    CHECK(places.weight.grad().at({3, c}) == 0);  // nor places 3 and 4
  }
}

TEST_CASE("gradients reach the table: waves let them through", "[11.5][11.7][regression]") {
  Rng rng(2);
  const Embedding tokens(3, 2, rng);
  const PositionalEncoding waves(2, 4);
  sum(waves(tokens(index_tensor({2, 2}, {1, 2})))).backward();
  CHECK_TENSOR(tokens.weight.grad(), values({0, 0, 0, 0, 2, 2}, {3, 2}));
}
