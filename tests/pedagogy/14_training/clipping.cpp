// 14_training / clip_grad.hpp: all gradients together, no longer than allowed.
#include <tinytorch/layers.hpp>
#include <tinytorch/training/clip_grad.hpp>

#include "../pedagogy/14_training/golden.hpp"
#include "tensor_close.hpp"

using namespace tinytorch;
using namespace tt_test;

namespace {

/// A parameter whose gradient is these numbers.
Tensor with_gradient(const std::vector<real>& gradient, const Shape& shape) {
  Tensor t = zeros(shape);
  t.set_requires_grad(true);
  sum(t * tensor(gradient, shape)).backward();
  return t;
}

}  // namespace

TEST_CASE("clip_grad_norm: one length over all parameters", "[14.4][core]") {
  const Tensor a = with_gradient({3}, {1}), b = with_gradient({4}, {1});
  const double norm = clip_grad_norm({a, b}, 1.0);
  CHECK_TENSOR(values({norm}, {1}), values({5}, {1}));  // 3 * 3 + 4 * 4 = 5 * 5
  CHECK_TENSOR(a.grad(), values({0.6}, {1}));
  CHECK_TENSOR(b.grad(), values({0.8}, {1}));
}

TEST_CASE("clip_grad_norm: short gradients stay as they are", "[14.4][core]") {
  const Tensor a = with_gradient({3}, {1}), b = with_gradient({4}, {1});
  CHECK_TENSOR(values({clip_grad_norm({a, b}, 5.0)}, {1}), values({5}, {1}));
  CHECK_TENSOR(values({clip_grad_norm({a, b}, 100.0)}, {1}), values({5}, {1}));
  CHECK_TENSOR_NEAR(a.grad(), values({3}, {1}), 0);
  CHECK_TENSOR_NEAR(b.grad(), values({4}, {1}), 0);
}

TEST_CASE("clip_grad_norm: gives the numbers of PyTorch", "[14.4][core]") {
  const Tensor w = with_gradient({0.5f, -1, 2, -0.25f, 0.75f, -1.5f}, {2, 3});
  const Tensor b = with_gradient({3, -4}, {2});
  const double norm = clip_grad_norm({w, b}, 2.0);
  const double* const g = golden::clipped;
  CHECK_TENSOR(values({norm}, {1}), values({g[0]}, {1}));
  CHECK_TENSOR(w.grad(), values({g + 1, g + 7}, {2, 3}));
  CHECK_TENSOR(b.grad(), values({g + 7, g + 9}, {2}));
}

TEST_CASE("clip_grad_norm: the direction stays and the length becomes the limit",
          "[14.4][property]") {
  Rng rng(5);
  const Tensor weights = randn({40}, rng) * 3;
  const Tensor a = with_gradient(std::vector<real>(weights.data(), weights.data() + 40), {8, 5});
  const std::vector<double> before = read(a.grad()).numbers;
  const double norm = clip_grad_norm({a}, 0.5);
  const std::vector<double> after = read(a.grad()).numbers;
  double squares = 0, squares_before = 0, worst = 0;
  for (std::size_t i = 0; i < before.size(); ++i) {
    squares += after[i] * after[i];
    squares_before += before[i] * before[i];
    worst = std::max(worst, std::abs(after[i] / before[i] - after[0] / before[0]));
  }
  CHECK_TENSOR(values({squares, norm}, {2}), values({0.25, std::sqrt(squares_before)}, {2}));
  CHECK(worst < 1e-5);  // one factor for all
}

TEST_CASE("clip_grad_norm: parameters without a gradient take no part", "[14.4][edge]") {
  Tensor unused = zeros({3});
  unused.set_requires_grad(true);
  const Tensor used = with_gradient({-6, 8}, {2});
  CHECK_TENSOR(values({clip_grad_norm({unused, used}, 1.0)}, {1}), values({10}, {1}));
  CHECK_FALSE(unused.grad().defined());
  CHECK_TENSOR(used.grad(), values({-0.6, 0.8}, {2}));
  CHECK(clip_grad_norm({unused}, 1.0) == 0);
}

TEST_CASE("clip_grad_norm: a square that float cannot hold is no infinity", "[14.4][edge]") {
  const Tensor a = with_gradient({real(3e30), real(-4e30)}, {2});
  const double norm = clip_grad_norm({a}, 1.0);  // 1e61 is far above the largest float
  CHECK(std::abs(norm / 5e30 - 1) < 1e-6);
  CHECK_TENSOR(a.grad(), values({0.6, -0.8}, {2}));
}

TEST_CASE("clip_grad_norm: a NaN is reported and stays", "[14.4][edge]") {
  const Tensor a = with_gradient({std::nanf(""), 8}, {2});
  CHECK(std::isnan(clip_grad_norm({a}, 1.0)));
  CHECK_TENSOR(a.grad(), values({std::nan(""), 8}, {2}));
}

TEST_CASE("clip_grad_norm: records nothing and may follow create_graph", "[14.4][systems]") {
  Tensor w = tensor({2});
  w.set_requires_grad(true);
  sum(w * w * w).backward({.create_graph = true});  // the gradient 12 has a graph
  CHECK_TENSOR(values({clip_grad_norm({w}, 6.0)}, {1}), values({12}, {1}));
  CHECK_TENSOR(w.grad().detach(), values({6}, {1}));
  w.zero_grad();
}

TEST_CASE("clip_grad_norm: a limit must be above 0", "[14.4][errors]") {
  const Tensor a = with_gradient({3}, {1});
  CHECK(clip_grad_norm({a}, 3) == 3);
  CHECK_THROWS_WITH(clip_grad_norm({a}, 0),
                    contains("clip_grad_norm: expects max_norm > 0, got 0"));
  CHECK_THROWS_AS(clip_grad_norm({a}, std::nan("")), ValueError);
}
