// Rows of a table, and the gradient of one that is asked for several times, as PyTorch computes them:
// tests/oracles/11_one_hot.py.
#include <tinytorch/embeddings.hpp>

#include "11_oracle.hpp"
#include "oracle_gradients.hpp"

using namespace tinytorch;
using namespace tt_test;

namespace {

IndexTensor ids() { return index_tensor({4, 0, 4, 1, 4, 0}, {2, 3}); }

}  // namespace

TEST_CASE("oracle of 11: one_hot", "[11][gradient]") {
  check_golden(oracle::one_hot(), one_hot(ids(), 5));
}

TEST_CASE("oracle of 11: ids that come several times add up their gradients", "[11][gradient]") {
  check_golden(oracle::repeated_ids(), [](Inputs x) { return embedding(x[0], ids()); },
               {waves(1, {5, 3})});
}

TEST_CASE("oracle of 11: embedded and given learned places", "[11][gradient]") {
  Rng rng(1);
  const Embedding tokens(5, 4, rng);
  const LearnedPositions places(6, 4, rng);
  const std::vector<Tensor> leaves = {tokens.parameters()[0], places.parameters()[0]};
  {
    const NoGrad no_grad;
    Tensor(leaves[0]).copy_(waves(1, {5, 4}));
    Tensor(leaves[1]).copy_(waves(90, {6, 4}));
  }
  const Tensor y = places.forward(tokens(ids()), 1);
  check_golden(oracle::embedded_and_placed(), y);
  check_gradients(oracle::embedded_and_placed(), grad(sum(y * cosines(y)), leaves));
}
