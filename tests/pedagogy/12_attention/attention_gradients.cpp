// Derivatives of everything in this module against finite differences, in double numbers.
#include <tinytorch/attention.hpp>

#include "gradients.hpp"
#include "waves.hpp"

using namespace tinytorch;
using namespace tt_test;

namespace {

Tensor some(const Shape& shape, std::uint64_t seed) {
  Rng rng(seed);
  return randn(shape, rng);
}

/// A function: a tensor made before main would run into an unwritten blank where nobody can say so.
Tensor half_hidden() {
  return tensor({0, -infinity, 1, -infinity, -infinity, -infinity}, {2, 3});
}

/// The sum of the squared gradients of sum(f(x)^2): its own gradient needs second derivatives.
Tensor squared_gradient(const Tensor& y, const Tensor& x) {
  const Tensor g = grad(sum(y * y), {x}, true)[0];
  return g * g;
}

}  // namespace

TEST_CASE("masked_softmax: gradient", "[12.4][gradient]") {
  CHECK_GRADIENTS([](const Tensor& x) { return masked_softmax(x); }, {some({2, 3, 4}, 1)});
  CHECK_GRADIENTS([](const Tensor& x) { return masked_softmax(x, true); }, {some({4, 3}, 2)});
  CHECK_GRADIENTS([](const Tensor& x) { return masked_softmax(x + half_hidden()); },
                  {some({2, 3}, 3)});
}

TEST_CASE("attention: gradients of queries and keys and values", "[12.6][12.5][gradient]") {
  CHECK_GRADIENTS([](const Tensor& q, const Tensor& k,
                     const Tensor& v) { return scaled_dot_product_attention(q, k, v); },
                  {some({2, 3, 2}, 4), some({2, 4, 2}, 5), some({2, 4, 3}, 6)});
  CHECK_GRADIENTS(
      [](const Tensor& q, const Tensor& k, const Tensor& v) {
        return scaled_dot_product_attention(q, k, v, {.mask = half_hidden(), .causal = true});
      },
      {some({2, 2}, 7), some({3, 2}, 8), some({3, 1}, 9)});
}

TEST_CASE("heads: gradients of splitting and joining", "[12.7][12.8][gradient]") {
  CHECK_GRADIENTS([](const Tensor& x) { return pow(split_heads(x, 2), 2); }, {some({2, 3, 4}, 10)});
  CHECK_GRADIENTS([](const Tensor& x) { return pow(join_heads(x), 2); }, {some({2, 2, 3, 1}, 11)});
}

TEST_CASE("MultiHeadAttention: gradient of x", "[12.11][12.10][gradient]") {
  Rng rng(12);
  const MultiHeadAttention layer(4, 2, rng, {.causal = true, .rope = true});
  CHECK_GRADIENTS([&](const Tensor& x) { return layer(x); }, {some({2, 3, 4}, 13)});
}

TEST_CASE("attention: second derivatives", "[12.6][12.4][gradient]") {
  const Tensor k = some({3, 2}, 14), v = some({3, 2}, 15);
  Tensor q = some({3, 2}, 16);
  q.set_requires_grad(true);
  const auto f = [&] {
    return sum(squared_gradient(scaled_dot_product_attention(q, k, v, {.causal = true}), q));
  };
  const Tensor ours = grad(f(), {q})[0];
  for (const Shape& at : all_indices({3, 2})) {
    const double e = 1e-5;
    const Tensor keep = q;
    const auto moved = [&](double by) {
      q = keep.detach().clone();
      q.set(at, q.at(at) + by);
      q.set_requires_grad(true);
      return f().item();
    };
    const double numeric = (moved(e) - moved(-e)) / (2 * e);
    q = keep;
    CHECK(std::abs(ours.at(at) - numeric) < 1e-6 * std::max(1.0, std::abs(numeric)));
  }
}

TEST_CASE("groups: gradients of what is shared", "[12.12][gradient]") {
  CHECK_GRADIENTS([](const Tensor& q, const Tensor& k,
                     const Tensor& v) { return attend_in_groups(q, k, v, {.causal = true}); },
                  {some({1, 4, 2, 2}, 17), some({1, 2, 3, 2}, 18), some({1, 2, 3, 1}, 19)});
}

TEST_CASE("tiled_attention: gradients", "[12.13][gradient]") {
  for (const bool causal : {false, true}) {
    CHECK_GRADIENTS(
        [&](const Tensor& q, const Tensor& k, const Tensor& v) {
          return tiled_attention(q, k, v, {.causal = causal, .block = 2});
        },
        {some({2, 3, 2}, 20), some({1, 5, 2}, 21), some({2, 5, 3}, 22)});
  }
}
