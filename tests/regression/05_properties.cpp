// What must hold of layers of any sizes: tests/support/slow.hpp and apart.hpp.
#include <tinytorch/layers.hpp>

#include "apart.hpp"
#include "seeds.hpp"
#include "slow.hpp"

using namespace tinytorch;
using namespace tt_test;

namespace {

Sequential some_model(std::uint64_t seed, Index in, Index hidden) {
  Rng rng(seed);
  return Sequential(Linear(in, hidden, rng), GELU(), Dropout(0.5, rng), Linear(hidden, 3, rng),
                    Softmax(-1));
}

}  // namespace

TEST_CASE("properties of 05: Linear of any leading axes is rows times columns", "[05][property]") {
  for_each_seed(40, [](Random& random) {
    const Index in = random.between(1, 5), out = random.between(1, 5);
    Rng rng(7);
    const Linear layer(in, out, rng, {.bias = random.coin()});
    Shape shape = random.shape(1, 3);
    shape.push_back(in);
    const Values x = slow::random_values(random, shape);
    Values y = slow::matmul(x, slow::permute(read(layer.weight), {1, 0}));
    if (layer.bias.defined()) y = slow::combine(y, read(layer.bias), std::plus<>());
    CHECK_TENSOR(layer(slow::somewhere(x, random)), y);
  });
}

TEST_CASE("properties of 05: examples of a batch do not see each other", "[05][property]") {
  for_each_seed(20, [](Random& random) {
    const Sequential model = some_model(3, 4, random.between(1, 6));
    model.eval();
    check_apart([&](const Tensor& x) { return model(x); },
                slow::random_tensor(random, {random.between(1, 5), 4}));
  });
}

TEST_CASE("properties of 05: a state_dict makes another model the same", "[05][property]") {
  for_each_seed(20, [](Random& random) {
    const Index hidden = random.between(1, 6);
    const Sequential a = some_model(1, 4, hidden), b = some_model(2, 4, hidden);
    a.eval();
    b.eval();
    b.load_state_dict(a.state_dict());
    const Tensor x = slow::random_tensor(random, {3, 4});
    CHECK_TENSOR_NEAR(b(x), read(a(x)), 0);
  });
}

TEST_CASE("properties of 05: what dropout does to numbers it does to their gradients",
          "[05][property]") {
  for_each_seed(20, [](Random& random) {
    Rng rng(std::uint64_t(random.below(1000)));
    const Dropout layer(double(random.between(0, 9)) / 10, rng);
    const Tensor x = slow::random_tensor(random, random.shape(1)).set_requires_grad(true);
    const Tensor y = layer(x);
    sum(y).backward();
    CHECK_TENSOR(y, slow::combine(read(x), read(x.grad()), std::multiplies<>()));
    layer.eval();
    CHECK_TENSOR_NEAR(layer(x), read(x), 0);
  });
}
