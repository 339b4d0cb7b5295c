// The original's MLP took dropout_prob, stored it and never applied it; and a model could not be told to
// evaluate, because Dropout had an argument `training = True` of its own and nobody passed it on.
#include "tensor_close.hpp"

#include <tinytorch/layers.hpp>

using namespace tinytorch;
using namespace tt_test;

namespace {

class Mlp : public Module {
 public:
  Mlp(double dropout_probability, Rng& rng)
      : body(child("body", Sequential{Linear(8, 16, rng), ReLU(), Dropout(dropout_probability, rng),
                                      Linear(16, 4, rng)})) {}
  Tensor forward(const Tensor& x) const override { return body(x); }
  const Sequential body;
};

}  // namespace

TEST_CASE("dropout of a model: the probability changes what training computes",
          "[05.10][regression]") {
  Rng a(1), b(1), data(2);
  const Mlp with(0.5, a), without(0, b);
  const Tensor x = randn({3, 8}, data);
  CHECK_FALSE(difference(read(with(x)), read(without(x)), 1e-3).empty());
  CHECK_FALSE(difference(read(with(x)), read(with(x)), 1e-3).empty());
}

TEST_CASE("dropout of a model: eval on the model reaches it", "[05.2][regression]") {
  Rng a(1), b(1), data(2);
  const Mlp with(0.5, a), without(0, b);
  const Tensor x = randn({3, 8}, data);
  with.eval();
  CHECK_TENSOR_NEAR(with(x), read(without(x)), 0);
  CHECK_TENSOR_NEAR(with(x), read(with(x)), 0);
  with.train();
  CHECK_FALSE(difference(read(with(x)), read(without(x)), 1e-3).empty());
}
