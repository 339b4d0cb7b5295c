// A test of Sequential(Linear(.., rng), Linear(.., rng)) passed with clang++ and failed with g++: arguments in
// parentheses are computed in any order, and g++ drew the last layer's weights first. Braces fix the order.
#include "tensor_close.hpp"

#include <tinytorch/layers.hpp>

using namespace tinytorch;
using namespace tt_test;

namespace {

class Mlp : public Module {
 public:
  explicit Mlp(Rng& rng)
      : first(child("first", Linear(4, 3, rng))), second(child("second", Linear(3, 2, rng))) {}
  Tensor forward(const Tensor& x) const override { return second(first(x)); }
  const Linear first, second;
};

}  // namespace

TEST_CASE("order of draws: a Sequential in braces draws from left to right",
          "[05.11][regression]") {
  Rng a(4), b(4);
  const Sequential model{Linear(4, 3, a), Linear(3, 2, a)};
  const Linear first(4, 3, b);
  const Linear second(3, 2, b);
  const Tensor x = ones({1, 4});
  CHECK_TENSOR_NEAR(model(x), read(second(first(x))), 0);
}

TEST_CASE("order of draws: members draw in the order of their declaration", "[05.9][regression]") {
  Rng a(4), b(4);
  const Mlp model(a);
  const Linear first(4, 3, b);
  const Linear second(3, 2, b);
  const Tensor x = ones({1, 4});
  CHECK_TENSOR_NEAR(model(x), read(second(first(x))), 0);
}
