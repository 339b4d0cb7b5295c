// silu and gelu: x times a gate between 0 and 1. Numbers with nine digits are PyTorch 1.13's in
// float64: torch.nn.functional.silu, gelu, gelu(approximate="tanh").
#include <cmath>

#include "tensor_close.hpp"

#include <tinytorch/activations.hpp>

using namespace tinytorch;
using namespace tt_test;

namespace {

const Shape seven{7};

Tensor points() { return tensor({-3, -1, -0.5f, 0, 0.5f, 1, 3}); }

}  // namespace

TEST_CASE("silu: its slope is the product rule's", "[04.6][core]") {
  Tensor x = points();
  x.set_requires_grad(true);
  const Tensor y = silu(x);
  CHECK_TENSOR(
      y, values({-0.14227762, -0.268941421, -0.188770334, 0, 0.311229666, 0.731058579, 2.85772238},
                seven));
  y.backward(tensor({1, 1, 1, 1, 1, 1, 2}));
  CHECK_TENSOR(x.grad(), values({-0.088104106, 0.072329488, 0.260038813, 0.5, 0.739961187,
                                 0.927670512, 2 * 1.088104106},
                                seven));
}

TEST_CASE("silu: far out it is x or nothing, and so is its slope", "[04.6][edge]") {
  Tensor x = tensor({200, -200, 1e4f, -1e4f});
  x.set_requires_grad(true);
  const Tensor y = silu(x);
  CHECK_TENSOR(y, values({200, 0, 1e4, 0}, {4}));
  y.backward(ones({4}));
  CHECK_TENSOR(x.grad(), values({1, 0, 1, 0}, {4}));
}

TEST_CASE("gelu: x times the chance that a normal number is below x", "[04.7][core]") {
  CHECK_TENSOR(gelu(points()), values({-0.004049694, -0.158655254, -0.154268769, 0, 0.345731231,
                                       0.841344746, 2.995950306},
                                      seven));
  CHECK_TENSOR(gelu(tensor({1e4f, -1e4f})), values({1e4, 0}, {2}));
  CHECK_TENSOR(gelu(points().reshape({7, 1}).expand({7, 2})).select(1, 1), gelu(points()));
}

TEST_CASE("gelu: keeps its digits far to the left", "[04.7][edge]") {
  // Phi(-6) = 9.8658765e-10, Phi(-10) = 7.6198530e-24 (tables of the normal distribution).
  // With erf in place of erfc both are 0 in float: 1 - 1.
  CHECK_TENSOR_NEAR(gelu(scalar(-6)) * 1e9f, values({-5.9195259}, {}), 1e-4);
  CHECK_TENSOR_NEAR(gelu(scalar(-10)) * 1e23f, values({-7.6198530}, {}), 1e-4);
}

TEST_CASE("gelu: the two sides differ by x", "[04.7][property]") {
  // x Phi(x) + x Phi(-x) = x, as the two chances add up to 1
  Rng rng(47);
  const Tensor x = randn({4, 3}, rng) * 3;
  CHECK_TENSOR(gelu(x) - gelu(-x), x);
}

TEST_CASE("gelu: its slope goes below 0 and above 1", "[04.8][core]") {
  Tensor x = points();
  x.set_requires_grad(true);
  gelu(x).backward(tensor({1, 1, 1, 1, 1, 1, -2}));
  CHECK_TENSOR(x.grad(), values({-0.011945647, -0.083315471, 0.132504875, 0.5, 0.867495125,
                                 1.083315471, -2 * 1.011945647},
                                seven));
}

TEST_CASE("gelu: far out the slope is 1 or 0", "[04.8][edge]") {
  Tensor x = tensor({50, -50, 1e20f, -1e20f});  // the square of the last two is inf in float
  x.set_requires_grad(true);
  gelu(x).backward(ones({4}));
  CHECK_TENSOR(x.grad(), values({1, 0, 1, 0}, {4}));
}

TEST_CASE("gelu: the tanh form has numbers of its own", "[04.9][core]") {
  CHECK_TENSOR(
      gelu(points(), {.tanh_approximation = true}),
      values({-0.003637392, -0.158808009, -0.15428599, 0, 0.34571401, 0.841191991, 2.996362608},
             seven));
  CHECK_TENSOR(gelu(tensor({100, -100}), {.tanh_approximation = true}), values({100, 0}, {2}));
}

TEST_CASE("gelu: the tanh form is within 0.0005 of the exact one and not the same",
          "[04.9][04.7][property]") {
  const Tensor x = arange(-60, 61) * 0.1f;
  const real apart = max(abs(gelu(x) - gelu(x, {.tanh_approximation = true}))).item();
  CHECK(apart < 5e-4f);
  CHECK(apart > 4e-4f);
}

TEST_CASE("gelu: the slope of the tanh form", "[04.10][core]") {
  Tensor x = points();
  x.set_requires_grad(true);
  gelu(x, {.tanh_approximation = true}).backward(tensor({1, 1, 1, 1, 1, 1, 2}));
  CHECK_TENSOR(x.grad(), values({-0.011584167, -0.082964084, 0.132630096, 0.5, 0.867369904,
                                 1.082964084, 2 * 1.011584167},
                                seven));
}

TEST_CASE("gelu: recorded or not, the slope of the tanh form is the same", "[04.10][property]") {
  Tensor x = points();
  x.set_requires_grad(true);
  Index operations[2];
  Tensor slope[2];
  for (const bool create_graph : {false, true}) {
    const Tensor y = sum(gelu(x, {.tanh_approximation = true}));
    FlopCounter counter;
    slope[create_graph] = grad(y, {x}, create_graph)[0];
    operations[create_graph] = counter.total();
  }
  CHECK_TENSOR(slope[true], slope[false].detach());
  CHECK(operations[true] == operations[false]);
}

TEST_CASE("gelu: far out the slope of the tanh form is 1 or 0", "[04.10][edge]") {
  Tensor x = tensor({20, -20, 1000, -1000});
  x.set_requires_grad(true);
  gelu(x, {.tanh_approximation = true}).backward(ones({4}));
  CHECK_TENSOR(x.grad(), values({1, 0, 1, 0}, {4}));
}
