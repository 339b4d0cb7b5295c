// What must hold of norms, blocks and models of any input, against plain loops: tests/support/slow.hpp.
#include <tinytorch/transformers.hpp>

#include "apart.hpp"
#include "seeds.hpp"
#include "slow.hpp"

using namespace tinytorch;
using namespace tt_test;

TEST_CASE("properties of 13: layer_norm is its formula", "[13][property]") {
  for_each_seed(40, [](Random& random) {
    const Shape shape = random.shape(1);
    const Values v = slow::random_values(random, shape),
                 w = slow::random_values(random, {shape.back()});
    const auto last = slow::only(shape.size() - 1, shape.size());
    const double n = double(shape.back());
    const auto mean_of = [&](const Values& t) {
      return slow::map(slow::reduce(t, last, 0, std::plus<>()), [&](double s) { return s / n; });
    };
    const Values centred = slow::combine(v, mean_of(v), std::minus<>());
    const Values root = slow::map(mean_of(slow::combine(centred, centred, std::multiplies<>())),
                                  [](double s) { return std::sqrt(s + 1e-2); });
    const Values normal =
        slow::combine(slow::combine(centred, root, std::divides<>()), w, std::multiplies<>());
    CHECK_TENSOR(
        layer_norm(slow::somewhere(v, random), slow::somewhere(w, random), {}, {.eps = 1e-2}),
        normal);
  });
}

TEST_CASE("properties of 13: layer_norm does not care where numbers lie and how far apart",
          "[13][property]") {
  for_each_seed(20, [](Random& random) {
    const Tensor x = slow::random_tensor(random, {3, 5});
    const Values once = read(layer_norm(x, {}, {}, {.eps = 0}));
    CHECK_TENSOR_NEAR(
        layer_norm(x * real(random.between(1, 4)) + real(random.number()), {}, {}, {.eps = 0}),
        once, 1e-4);
  });
}

TEST_CASE("properties of 13: texts of a batch do not see each other", "[13][property]") {
  Rng rng(6);
  const TransformerBlock block(4, 2, rng);
  const GPT model({.vocab_size = 7, .block_size = 6, .n_layer = 2, .n_head = 2, .n_embd = 4}, rng);
  model.eval();
  for_each_seed(15, [&](Random& random) {
    const Index length = random.between(1, 6);
    check_apart([&](const Tensor& x) { return block(x); },
                slow::random_tensor(random, {3, length, 4}));
    std::vector<Index> ids(std::size_t(3 * length));
    for (Index& id : ids) id = random.below(7);
    const Tensor together = model(IndexTensor(ids, {3, length}));
    for (Index i = 0; i < 3; ++i) {
      const std::vector<Index> own(ids.begin() + i * length, ids.begin() + (i + 1) * length);
      CHECK_TENSOR(model(IndexTensor(own, {1, length})), read(together.slice(0, i, i + 1)));
    }
  });
}

TEST_CASE("properties of 13: no token hears a later one", "[13][property]") {
  Rng rng(7);
  const GPT model({.vocab_size = 7, .block_size = 6, .n_layer = 2, .n_head = 2, .n_embd = 4}, rng);
  model.eval();
  for_each_seed(15, [&](Random& random) {
    std::vector<Index> ids(6);
    for (Index& id : ids) id = random.below(7);
    const Tensor whole = model(IndexTensor(ids, {1, 6}));
    const Index length = random.between(1, 5);
    const std::vector<Index> begun(ids.begin(), ids.begin() + length);
    CHECK_TENSOR(model(IndexTensor(begun, {1, length})), read(whole.slice(1, 0, length)));
  });
}

TEST_CASE("properties of 13: what sampling keeps is likeliest first", "[13][property]") {
  for_each_seed(60, [](Random& random) {
    const Index n = random.between(1, 8), k = random.between(1, 9);
    const Values logits = slow::random_values(random, {n});
    const double p = double(random.between(1, 100)) / 100;
    const Values top = read(keep_top_k(slow::somewhere(logits, random), k));
    const Values likely = read(keep_top_p(slow::somewhere(logits, random), p));
    const Values shares = slow::softmax(logits, 0);
    double mass = 0, least = 1;
    Index kept = 0;
    for (std::size_t i = 0; i < std::size_t(n); ++i) {
      kept += top.numbers[i] == logits.numbers[i];
      if (likely.numbers[i] != logits.numbers[i]) continue;
      mass += shares.numbers[i];
      least = std::min(least, shares.numbers[i]);
    }
    CHECK(kept == std::min(n, k));
    CHECK(mass > p - 1e-6);          // enough,
    CHECK(mass - least < p + 1e-6);  // and the last one was needed
  });
}
