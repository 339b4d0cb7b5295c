// Layer normalisation forward: the worked example, PyTorch's numbers, views, what may be left out.
#include <tinytorch/transformers.hpp>

#include "golden.hpp"
#include "tensor_close.hpp"

using namespace tinytorch;
using namespace tt_test;

namespace {

Tensor of(const Values& v) {
  return tensor(std::vector<real>(v.numbers.begin(), v.numbers.end()), v.shape);
}

}  // namespace

TEST_CASE("layer_norm: the worked example", "[13.1][core]") {
  const Tensor x = tensor({0, 0, 3, 3, 5, 5, 5, 5}, {2, 4});
  // mean 1.5, variance 2.25, so -1.5 / 1.5 and 1.5 / 1.5; the second row has no spread at all
  CHECK_TENSOR(layer_norm(x), values({-1, -1, 1, 1, 0, 0, 0, 0}, {2, 4}));
}

TEST_CASE("layer_norm: the variance is divided by C and eps stands inside the root",
          "[13.1][core]") {
  // [1, 3]: mean 2, variance (1 + 1) / 2 = 1; with eps 3 the root of 4
  CHECK_TENSOR(layer_norm(tensor({1, 3}, {2}), {}, {}, {.eps = 3}), values({-0.5, 0.5}, {2}));
  // divided by C - 1 it would be 2 / sqrt(2) = 1.414 for eps 0
  CHECK_TENSOR(layer_norm(tensor({1, 3}, {2}), {}, {}, {.eps = 0}), values({-1, 1}, {2}));
}

TEST_CASE("layer_norm: PyTorch's numbers with weight and bias", "[13.1][core]") {
  const Tensor y = layer_norm(of(golden::ln_x()), of(golden::ln_weight()), of(golden::ln_bias()));
  CHECK_TENSOR(y, golden::ln_y());
}

TEST_CASE("layer_norm: weight and bias may each be left out", "[13.1][edge]") {
  const Tensor x = tensor({1, 3}, {1, 2});
  const Tensor two = tensor({2, 4}, {2});
  CHECK_TENSOR(layer_norm(x, two, {}, {.eps = 0}), values({-2, 4}, {1, 2}));
  CHECK_TENSOR(layer_norm(x, {}, two, {.eps = 0}), values({1, 5}, {1, 2}));
}

TEST_CASE("layer_norm: a large mean does not eat the digits of a small spread", "[13.1][edge]") {
  // mean(x^2) - mean(x)^2 would be 1e8 - 1e8 in float: nothing of the variance 1 is left
  const Tensor x = tensor({9999, 10001, 9999, 10001}, {4});
  CHECK_TENSOR_NEAR(layer_norm(x), values({-1, 1, -1, 1}, {4}), 1e-4);
}

TEST_CASE("layer_norm: each row by itself, whatever the other rows hold", "[13.1][property]") {
  Rng rng(7);
  const Tensor x = randn({3, 5, 6}, rng);
  const Tensor y = layer_norm(x);
  for (Index b = 0; b < 3; ++b) {
    for (Index t = 0; t < 5; ++t) {
      double mean = 0, square = 0, other = 0, var = 0;
      for (Index c = 0; c < 6; ++c) {
        mean += double(y.at({b, t, c})) / 6;
        square += double(y.at({b, t, c})) * double(y.at({b, t, c})) / 6;
        other += double(x.at({b, t, c})) / 6;
      }
      for (Index c = 0; c < 6; ++c) {
        var += (double(x.at({b, t, c})) - other) * (double(x.at({b, t, c})) - other) / 6;
      }
      CHECK(std::abs(mean) < 1e-5);
      CHECK(std::abs(square - var / (var + 1e-5)) < 1e-4);
    }
  }
}

TEST_CASE("layer_norm: reads a transposed view with an offset", "[13.1][edge]") {
  const Tensor base = tensor({7, 7, 7, 1, 0, 5, 3, 8, 5}, {3, 3});
  const Tensor x = base.slice(0, 1, 3).transpose(0, 1);  // [[1, 3], [0, 8], [5, 5]]
  CHECK_TENSOR(layer_norm(x, {}, {}, {.eps = 1e-12}), values({-1, 1, -1, 1, 0, 0}, {3, 2}));
}

TEST_CASE("layer_norm: no rows are no work", "[13.1][edge]") {
  CHECK_SHAPE(layer_norm(zeros({0, 4})), {0, 4});
  CHECK_TENSOR(layer_norm(tensor({3, 3}, {1, 2})), values({0, 0}, {1, 2}));
}

TEST_CASE("layer_norm: says which sizes do not fit", "[13.1][errors]") {
  CHECK_SHAPE(layer_norm(ones({2, 3}), ones({3})), {2, 3});
  CHECK_THROWS_WITH(layer_norm(ones({2, 3}), ones({4})),
                    contains("layer_norm: expects [*, 4], got [2, 3]"));
  CHECK_THROWS_AS(layer_norm(ones({2, 3}), ones({3}), ones({2})), ShapeError);
  CHECK_THROWS_AS(layer_norm(scalar(1)), ShapeError);
  CHECK_THROWS_AS(layer_norm(ones({3}), {}, {}, {.eps = -1}), ValueError);
}

TEST_CASE("LayerNorm: starts as the norm alone and lists weight and bias", "[13.1][core]") {
  const LayerNorm norm(2);
  CHECK_TENSOR_NEAR(norm(tensor({1, 3}, {2})), values({-1, 1}, {2}), 1e-4);
  CHECK(norm.parameter_count() == 4);
  CHECK(norm.named_parameters()[1].first == "bias");
  const LayerNorm without(2, {.bias = false});
  CHECK(without.parameter_count() == 2);
  CHECK_THROWS_AS(LayerNorm(0), ValueError);
}

TEST_CASE("layer_norm: keeps x for backward and nothing of its size beside", "[13.1][systems]") {
  Tensor x = ones({64, 32});
  x.set_requires_grad(true);
  const auto before = memory::stats();
  const Index nodes = graph_node_count();
  const Tensor y = layer_norm(x, ones({32}), zeros({32}));
  // y, the weight and the bias; composed of eight operations it keeps three tensors of that size
  CHECK(memory::stats().live_bytes - before.live_bytes <= (64 * 32 + 2 * 32) * sizeof(real));
  CHECK(graph_node_count() - nodes == 1);
}

TEST_CASE("layer_norm: weight and bias get sums over all rows", "[13.3][core]") {
  Tensor x = tensor({1, 3, 3, 1}, {2, 2});  // normalised: [-1, 1] and [1, -1]
  Tensor weight = tensor({1, 1}, {2}), bias = tensor({0, 0}, {2});
  weight.set_requires_grad(true);
  bias.set_requires_grad(true);
  sum(layer_norm(x, weight, bias, {.eps = 1e-12}) * tensor({2, 3, 4, 5}, {2, 2})).backward();
  CHECK_TENSOR(weight.grad(), values({2, -2}, {2}));  // -2 + 4, 3 - 5
  CHECK_TENSOR(bias.grad(), values({6, 8}, {2}));
}

TEST_CASE("layer_norm: PyTorch's gradients", "[13.3][core]") {
  Tensor x = of(golden::ln_x()), weight = of(golden::ln_weight()), bias = of(golden::ln_bias());
  for (Tensor* t : {&x, &weight, &bias}) t->set_requires_grad(true);
  sum(layer_norm(x, weight, bias) * of(golden::ln_g())).backward();
  CHECK_TENSOR_NEAR(x.grad(), golden::ln_dx(), 1e-5);
  CHECK_TENSOR(weight.grad(), golden::ln_dweight());
  CHECK_TENSOR(bias.grad(), golden::ln_dbias());
}

TEST_CASE("layer_norm: gradients in the order of the inputs that there are", "[13.3][edge]") {
  Tensor x = tensor({1, 3}, {1, 2}), bias = tensor({0, 0}, {2});
  bias.set_requires_grad(true);
  x.set_requires_grad(true);
  sum(layer_norm(x, {}, bias) * tensor({5, 7}, {1, 2})).backward();
  CHECK_TENSOR(bias.grad(), values({5, 7}, {2}));
  CHECK_TENSOR_NEAR(x.grad(), values({0, 0}, {1, 2}), 1e-4);  // two numbers: two lost directions
}

TEST_CASE("layer_norm: mean and variance take two directions from a gradient", "[13.2][core]") {
  // n [-1, -1, 1, 1], scale 2, g [4, 0, 0, 0]: mean(g) 1, mean(g n) -1
  // 2 * ([4, 0, 0, 0] - 1 + n) = 2 * [2, -2, 0, 0]
  const Tensor normal = tensor({-1, -1, 1, 1}, {1, 4}), scale = tensor({2}, {1, 1});
  CHECK_TENSOR(detail::normalize_grad(normal, scale, tensor({4, 0, 0, 0}, {1, 4})),
               values({4, -4, 0, 0}, {1, 4}));
}

TEST_CASE("layer_norm: the gradient of a row sums to nothing", "[13.2][property]") {
  Rng rng(3);
  Tensor x = randn({4, 6}, rng);
  x.set_requires_grad(true);
  sum(layer_norm(x) * randn({4, 6}, rng)).backward();
  for (Index r = 0; r < 4; ++r) {
    double plain = 0, along = 0, size = 0;
    for (Index c = 0; c < 6; ++c) {
      plain += double(x.grad().at({r, c}));
      along += double(x.grad().at({r, c})) * double(x.at({r, c}));
      size += std::abs(double(x.grad().at({r, c})));
    }
    CHECK(size > 0.1);
    CHECK(std::abs(plain) < 1e-4);  // shifting the row changes nothing
    CHECK(std::abs(along) < 1e-3);  // nor does stretching it
  }
}
