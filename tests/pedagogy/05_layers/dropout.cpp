// Dropout, and the switch between training and evaluation that it obeys.
#include "tensor_close.hpp"

#include <tinytorch/layers.hpp>

using namespace tinytorch;
using namespace tt_test;

namespace {

/// What Dropout must give by definition, from the generator that it seeds for itself.
Values expected(std::uint64_t seed, double p, const Tensor& x) {
  Rng source(seed);
  Rng own(source.bits());
  Values v = read(x);
  for (double& number : v.numbers) number = double(own.uniform()) < p ? 0 : number / (1 - p);
  return v;
}

/// A module three levels above its dropout.
Sequential nested(const Dropout& dropout) {
  return Sequential{Sequential{Identity(), Sequential{Identity(), dropout}}, Identity()};
}

}  // namespace

TEST_CASE("eval: reaches every module of the tree", "[05.2][core]") {
  Rng rng(1);
  const Dropout dropout(0.5, rng);
  const Sequential model = nested(dropout);
  CHECK(model.is_training());
  CHECK(dropout.is_training());
  model.eval();
  CHECK_FALSE(model.is_training());
  CHECK_FALSE(model[0].is_training());
  CHECK_FALSE(model[1].is_training());
  CHECK_FALSE(dropout.is_training());
}

TEST_CASE("train: switches everything back on", "[05.2][core]") {
  Rng rng(1);
  const Dropout dropout(0.5, rng);
  const Sequential model = nested(dropout);
  model.train(false);
  CHECK_FALSE(dropout.is_training());
  model.train();
  CHECK(model.is_training());
  CHECK(dropout.is_training());
}

TEST_CASE("eval: of one part leaves the rest in training", "[05.2][edge]") {
  Rng rng(1);
  const Dropout dropout(0.5, rng);
  const Sequential model = nested(dropout);
  dropout.eval();
  CHECK_FALSE(dropout.is_training());
  CHECK(model.is_training());
  CHECK(model[0].is_training());
}

TEST_CASE("Dropout: drops where its generator draws less than p", "[05.10][core]") {
  Rng rng(7);
  const Dropout dropout(0.25, rng);
  const Tensor x = tensor({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}, {3, 4});
  CHECK_TENSOR(dropout(x), expected(7, 0.25, x));
}

TEST_CASE("Dropout: reads views in row-major order", "[05.10][edge]") {
  Rng rng(8);
  const Dropout dropout(0.5, rng);
  const Tensor x = tensor({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}, {3, 4}).transpose(0, 1);
  CHECK_TENSOR(dropout(x), expected(8, 0.5, x));
}

TEST_CASE("Dropout: evaluation hands back its input and draws nothing", "[05.10][core]") {
  Rng rng(1);
  const Dropout dropout(0.5, rng);
  dropout.eval();
  const Tensor x = ones({4, 5});
  const auto generators = dropout.named_generators();
  REQUIRE(generators.size() == 1);
  const Rng::State before = generators[0].second->state();
  const auto allocations = memory::stats().allocations;
  CHECK(dropout(x).shares_storage_with(x));
  CHECK(memory::stats().allocations == allocations);
  CHECK(generators[0].second->state() == before);
}

TEST_CASE("Dropout: p of 0 keeps all and p of 1 keeps none", "[05.10][edge]") {
  Rng rng(1);
  const Tensor x = tensor({1, -2, 3, 4}, {2, 2});
  CHECK_TENSOR(Dropout(0, rng)(x), values({1, -2, 3, 4}, {2, 2}));
  CHECK_TENSOR(Dropout(1, rng)(x), values({0, 0, 0, 0}, {2, 2}));
  CHECK_SHAPE(Dropout(0.5, rng)(zeros({0, 3})), {0, 3});
}

TEST_CASE("Dropout: the mean stays and the share of zeros is p", "[05.10][property]") {
  Rng rng(11);
  const double p = 0.2, n = 20'000;
  const Tensor y = Dropout(p, rng)(ones({200, 100}));
  double total = 0, zeros_seen = 0;
  for (Index i = 0; i < y.numel(); ++i) {
    total += double(y.data()[i]);
    zeros_seen += y.data()[i] == 0;
  }
  const double deviation = std::sqrt(p * (1 - p) / n);  // of the share of zeros
  CHECK(std::abs(zeros_seen / n - p) < 5 * deviation);
  CHECK(std::abs(total / n - 1) < 5 * deviation / (1 - p));
}

TEST_CASE("Dropout: each call draws anew and copies share the generator", "[05.10][property]") {
  Rng a(5), b(5);
  const Dropout one(0.5, a), two(0.5, b);
  const Dropout copy = one;
  const Tensor x = ones({6, 6});
  const Values first = read(one(x)), second = read(copy(x));
  CHECK_FALSE(difference(second, first, 0).empty());
  CHECK_TENSOR_NEAR(two(x), first, 0);  // the same seed: the same two masks
  CHECK_TENSOR_NEAR(two(x), second, 0);
}

TEST_CASE("Dropout: its generator's state can be saved and restored", "[05.10][core]") {
  Rng rng(5);
  const Sequential model{Identity(), Dropout(0.5, rng)};
  const auto generators = model.named_generators();
  REQUIRE(generators.size() == 1);
  CHECK(generators[0].first == "1.rng");
  const Rng::State before = generators[0].second->state();
  const Tensor x = ones({5, 5});
  const Values first = read(model[1](x));
  generators[0].second->set_state(before);
  CHECK_TENSOR_NEAR(model[1](x), first, 0);
}

TEST_CASE("Dropout: the gradient passes where the number passed", "[05.10][core]") {
  Rng rng(9);
  const Dropout dropout(0.5, rng);
  Tensor x = ones({4, 4});
  x.set_requires_grad(true);
  const Tensor y = dropout(x);
  sum(y).backward();
  CHECK_TENSOR_NEAR(x.grad(), read(y), 0);  // x is 1 everywhere, so y is the mask
}

TEST_CASE("Dropout: refuses what is no probability", "[05.10][errors]") {
  Rng rng(1);
  CHECK_THROWS_WITH(Dropout(1.5, rng),
                    contains("Dropout: expects a probability in [0, 1], got 1.5"));
  CHECK_THROWS_AS(Dropout(-0.1, rng), ValueError);
  CHECK_THROWS_AS(Dropout(std::nan(""), rng), ValueError);
  CHECK(Dropout(0.5, rng).p() == 0.5);
  CHECK_SHAPE(Dropout(0.5, rng)(ones({3})), {3});
}
