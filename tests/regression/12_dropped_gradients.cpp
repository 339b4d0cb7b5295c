// In the original attention was computed with raw arrays and its result had no graph: nothing in front of it could be
// trained, and no test noticed, because each asked for shapes only.
#include <tinytorch/attention.hpp>

#include "tensor_close.hpp"

using namespace tinytorch;
using namespace tt_test;

namespace {

bool is_alive(const Tensor& gradient) {
  if (!gradient.defined()) return false;
  double most = 0;
  for (const double x : read(gradient).numbers) most = std::max(most, std::abs(x));
  return most > 1e-6;
}

}  // namespace

TEST_CASE("dropped gradients: attention passes them to all it reads", "[12.6][regression]") {
  Rng rng(1);
  Tensor q = randn({2, 3, 4}, rng), k = randn({2, 3, 4}, rng), v = randn({2, 3, 4}, rng);
  for (Tensor* t : {&q, &k, &v}) t->set_requires_grad(true);
  sum(pow(scaled_dot_product_attention(q, k, v, {.causal = true}), 2)).backward();
  for (const Tensor* t : {&q, &k, &v}) CHECK(is_alive(t->grad()));
}

TEST_CASE("dropped gradients: layers in front of attention learn", "[12.11][regression]") {
  Rng rng(2);
  const Linear before(4, 8, rng);
  const MultiHeadAttention layer(8, 2, rng, {.causal = true, .dropout = 0.1});
  sum(pow(layer(before(randn({2, 3, 4}, rng))), 2)).backward();
  for (const Tensor& parameter : before.parameters()) CHECK(is_alive(parameter.grad()));
  for (const Tensor& parameter : layer.parameters()) CHECK(is_alive(parameter.grad()));
}

TEST_CASE("dropped gradients: weights that are handed out are part of the graph",
          "[12.6][regression]") {
  Rng rng(3);
  Tensor q = randn({2, 4}, rng), weights;
  q.set_requires_grad(true);
  (void)scaled_dot_product_attention(q, randn({3, 4}, rng), randn({3, 2}, rng),
                                     {.weights = &weights});
  sum(weights * weights).backward();
  CHECK(is_alive(q.grad()));
}
