// The gradients of layer_norm and of what is made of it, against finite differences.
#include <tinytorch/transformers.hpp>

#include "gradients.hpp"
#include "tensor_close.hpp"

using namespace tinytorch;
using namespace tt_test;

namespace {

/// layer_norm of ordinary operations, whose rules 03_autograd has.
Tensor composed(const Tensor& x, const Tensor& weight, const Tensor& bias) {
  const Tensor centered = x - mean(x, -1, true);
  return centered / sqrt(mean(centered * centered, -1, true) + real(1e-5)) * weight + bias;
}

/// Sum of squares of the gradient: its own gradient needs the rule of the rule.
Tensor gradient_squared(const Tensor& x, const Tensor& weight, const Tensor& bias,
                        bool of_primitive) {
  const Tensor y = of_primitive ? layer_norm(x, weight, bias) : composed(x, weight, bias);
  const std::vector<Tensor> g = grad(sum(y * y * y), {x, weight}, true);
  return sum(g[0] * g[0]) + sum(g[1] * g[1]);
}

}  // namespace

TEST_CASE("layer_norm: gradients of x and weight and bias", "[13.2][gradient]") {
  Rng rng(1);
  const Tensor x = randn({2, 3, 5}, rng), weight = randn({5}, rng), bias = randn({5}, rng);
  CHECK_GRADIENTS(
      [](const Tensor& a, const Tensor& w, const Tensor& b) { return layer_norm(a, w, b); },
      {x, weight, bias});
}

TEST_CASE("layer_norm: gradient of x alone and of a single row", "[13.2][gradient]") {
  Rng rng(2);
  CHECK_GRADIENTS([](const Tensor& a) { return layer_norm(a, {}, {}, {.eps = 0.1}); },
                  {randn({4}, rng)});
}

TEST_CASE("layer_norm: gradients without a bias and without a weight", "[13.3][gradient]") {
  Rng rng(3);
  const Tensor x = randn({3, 4}, rng), w = randn({4}, rng);
  CHECK_GRADIENTS([](const Tensor& a, const Tensor& b) { return layer_norm(a, b); }, {x, w});
  CHECK_GRADIENTS([](const Tensor& a, const Tensor& b) { return layer_norm(a, {}, b); }, {x, w});
}

TEST_CASE("layer_norm: the rule can be differentiated again", "[13.2][gradient]") {
  Rng rng(4);
  std::vector<Tensor> in = {randn({2, 4}, rng), randn({4}, rng), randn({4}, rng)};
  for (Tensor& t : in) t.set_requires_grad(true);
  const auto ours = grad(gradient_squared(in[0], in[1], in[2], true), {in[0], in[1]});
  const auto theirs = grad(gradient_squared(in[0], in[1], in[2], false), {in[0], in[1]});
  CHECK_TENSOR_NEAR(ours[0], theirs[0], 1e-8);
  CHECK_TENSOR_NEAR(ours[1], theirs[1], 1e-8);
}

TEST_CASE("FeedForward: gradients", "[13.4][gradient]") {
  Rng rng(5);
  const FeedForward layer(3, rng, {.hidden = 4});
  CHECK_GRADIENTS([&layer](const Tensor& x) { return layer(x); }, {randn({2, 3}, rng)});
}

TEST_CASE("TransformerBlock: gradients through both sums", "[13.5][gradient]") {
  Rng rng(6);
  const TransformerBlock block(4, 2, rng);
  CHECK_GRADIENTS([&block](const Tensor& x) { return block(x); }, {randn({1, 3, 4}, rng)});
}

TEST_CASE("rms_norm: gradients of x and weight", "[13.13][gradient]") {
  Rng rng(7);
  CHECK_GRADIENTS([](const Tensor& x, const Tensor& w) { return rms_norm(x, w); },
                  {randn({2, 4}, rng), randn({4}, rng)});
}

TEST_CASE("SwiGLU: gradients", "[13.14][gradient]") {
  Rng rng(8);
  const SwiGLU layer(3, 4, rng);
  CHECK_GRADIENTS([&layer](const Tensor& x) { return layer(x); }, {randn({2, 3}, rng)});
}
