// What must hold of any queries, keys and values, against plain loops: tests/support/slow.hpp.
#include <tinytorch/attention.hpp>

#include "apart.hpp"
#include "seeds.hpp"
#include "slow.hpp"

using namespace tinytorch;
using namespace tt_test;

TEST_CASE("properties of 12: attention is its formula", "[12][property]") {
  for_each_seed(60, [](Random& random) {
    const Shape batch = random.shape(0, 2, 3);
    const Index T = random.between(1, 4), S = random.between(T, 5), d = random.between(1, 4);
    const auto values_of = [&](Index rows, Index columns) {
      Shape shape = batch;
      shape.push_back(rows);
      shape.push_back(columns);
      return slow::random_values(random, shape);
    };
    const Values q = values_of(T, d), k = values_of(S, d), v = values_of(S, random.between(1, 4));
    const bool causal = random.coin(), masked = random.coin();
    Values mask = masked ? slow::random_values(random, {T, S}) : slow::filled({T, S}, 0);
    Shape swap;
    for (Index axis = 0; axis < Index(batch.size()); ++axis) swap.push_back(axis);
    swap.push_back(Index(batch.size()) + 1);
    swap.push_back(Index(batch.size()));
    Values scores = slow::map(slow::matmul(q, slow::permute(k, swap)),
                              [&](double x) { return x / std::sqrt(double(d)); });
    scores = slow::combine(scores, mask, std::plus<>());
    for (const Shape& at : all_indices(scores.shape)) {
      const Index t = at[batch.size()], s = at[batch.size() + 1];
      if (causal && s > t + S - T) slow::at(scores, at) = -INFINITY;
    }
    const Values expected = slow::matmul(slow::softmax(scores, batch.size() + 1), v);
    const Tensor bias = masked ? slow::somewhere(mask, random) : Tensor();
    CHECK_TENSOR(
        scaled_dot_product_attention(slow::somewhere(q, random), slow::somewhere(k, random),
                                     slow::somewhere(v, random), {.mask = bias, .causal = causal}),
        expected);
  });
}

TEST_CASE("properties of 12: without positions tokens may change places", "[12][property]") {
  for_each_seed(20, [](Random& random) {
    Rng rng(4);
    const MultiHeadAttention layer(6, random.coin() ? 2 : 3, rng);
    const Tensor x = slow::random_tensor(random, {2, random.between(1, 5), 6});
    const Shape order = random.order(x.size(1));
    std::vector<Tensor> moved, expected;
    const Tensor y = layer(x);
    for (const Index t : order) {
      moved.push_back(x.slice(1, t, t + 1));
      expected.push_back(y.slice(1, t, t + 1));
    }
    CHECK_TENSOR(layer(cat(moved, 1)), read(cat(expected, 1)));
  });
}

TEST_CASE("properties of 12: sequences of a batch do not see each other", "[12][property]") {
  for_each_seed(20, [](Random& random) {
    Rng rng(5);
    const MultiHeadAttention layer(4, 2, rng, {.causal = random.coin()});
    check_apart([&](const Tensor& x) { return layer(x); },
                slow::random_tensor(random, {3, random.between(1, 5), 4}));
  });
}
