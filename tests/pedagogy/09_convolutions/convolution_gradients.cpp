// Derivatives of everything in this module against finite differences, in double numbers.
#include "gradients.hpp"
#include "tensor_close.hpp"

#include <tinytorch/convolutions.hpp>

using namespace tinytorch;
using namespace tt_test;

namespace {

Tensor some(const Shape& shape, std::uint64_t seed) {
  Rng rng(seed);
  return randn(shape, rng);
}

/// For y = f(x): the slope of sum(y^3) along u, sum(dL/dx0 * u), differentiated once more by the graph of the
/// gradient, and by differences.
void check_second_derivative(TensorFunction f, std::vector<Tensor> x) {
  for (Tensor& t : x) t.set_requires_grad(true);
  const Tensor u = some(x[0].shape(), 3);
  const auto slope = [&](bool keep) {
    const Tensor y = f(x);
    return sum(grad(sum(y * y * y), {x[0]}, keep)[0] * u);
  };
  const std::vector<Tensor> exact = grad(slope(true), x);
  for (std::size_t k = 0; k < x.size(); ++k) {
    Tensor numeric = zeros(x[k].shape());
    for (Index i = 0; i < x[k].numel(); ++i) {
      const double before = x[k].data()[i], eps = 1e-5;
      x[k].data()[i] = before + eps;
      const double above = slope(false).item();
      x[k].data()[i] = before - eps;
      numeric.data()[i] = (above - slope(false).item()) / (2 * eps);
      x[k].data()[i] = before;
    }
    CHECK_TENSOR_NEAR(exact[k], numeric, 1e-5);
  }
}

}  // namespace

TEST_CASE("unfold: gradient", "[09.6][gradient]") {
  CHECK_GRADIENTS([](const Tensor& x) { return unfold(x, {2, 3}); }, {some({2, 2, 4, 5}, 4)});
  CHECK_GRADIENTS(
      [](const Tensor& x) {
        return unfold(x, {3, 2}, {.stride = 2, .padding = 2, .dilation = 2});
      },
      {some({1, 2, 5, 4}, 5)});
}

TEST_CASE("fold: gradient", "[09.5][gradient]") {
  CHECK_GRADIENTS(
      [](const Tensor& c) {
        return fold(c, {3, 4}, {2, 2}, {.padding = 1});
      },
      {some({2, 4, 20}, 6)});
}

TEST_CASE("conv2d: gradients of images and kernels and bias", "[09.9][gradient]") {
  CHECK_GRADIENTS([](const Tensor& x, const Tensor& w, const Tensor& b) { return conv2d(x, w, b); },
                  {some({2, 2, 4, 5}, 7), some({3, 2, 2, 3}, 8), some({3}, 9)});
}

TEST_CASE("conv2d: gradients with stride and padding and dilation", "[09.9][gradient]") {
  const auto f = [](const Tensor& x, const Tensor& w) {
    return conv2d(x, w, Tensor(), {.stride = 2, .padding = 2, .dilation = 2});
  };
  CHECK_GRADIENTS(f, {some({2, 2, 5, 4}, 10), some({2, 2, 3, 2}, 11)});
}

TEST_CASE("conv2d: gradients with groups", "[09.9][gradient]") {
  const auto two = [](const Tensor& x, const Tensor& w) {
    return conv2d(x, w, Tensor(), {.padding = 1, .groups = 2});
  };
  CHECK_GRADIENTS(two, {some({2, 4, 3, 3}, 12), some({6, 2, 2, 3}, 13)});
  const auto each = [](const Tensor& x, const Tensor& w) {
    return conv2d(x, w, Tensor(), {.groups = 3});
  };
  CHECK_GRADIENTS(each, {some({1, 3, 4, 3}, 14), some({3, 1, 2, 2}, 15)});
}

TEST_CASE("conv2d: the gradient has a gradient", "[09.9][09.6][gradient]") {
  check_second_derivative([](const Tensor& x, const Tensor& w) { return conv2d(x, w); },
                          {some({2, 1, 3, 3}, 1), some({2, 1, 2, 2}, 2)});
  const auto grouped = [](const Tensor& x, const Tensor& w) {
    return conv2d(x, w, Tensor(), {.stride = 2, .padding = 1, .groups = 2});
  };
  check_second_derivative(grouped, {some({1, 2, 3, 4}, 4), some({2, 1, 2, 2}, 5)});
}

TEST_CASE("unfold and pools: the gradient has a gradient", "[09.6][09.11][09.12][gradient]") {
  check_second_derivative(
      [](const Tensor& x) {
        return unfold(x, {2, 2});
      },
      {some({1, 2, 3, 3}, 6)});
  check_second_derivative([](const Tensor& x) { return avg_pool2d(x, 2, {.stride = 1}); },
                          {some({1, 2, 3, 3}, 7)});
  check_second_derivative([](const Tensor& x) { return max_pool2d(x, 2, {.stride = 1}); },
                          {some({1, 2, 3, 3}, 8)});
}

TEST_CASE("max pool: gradient", "[09.11][gradient]") {
  CHECK_GRADIENTS([](const Tensor& x) { return max_pool2d(x, 2); }, {some({2, 2, 4, 5}, 16)});
  CHECK_GRADIENTS([](const Tensor& x) { return max_pool2d(x, 3, {.stride = 2, .padding = 1}); },
                  {some({1, 2, 5, 5}, 17)});
}

TEST_CASE("average pool: gradient", "[09.12][09.6][gradient]") {
  CHECK_GRADIENTS([](const Tensor& x) { return avg_pool2d(x, 3, {.stride = 2, .padding = 1}); },
                  {some({2, 2, 4, 5}, 18)});
}

TEST_CASE("batch norm: gradients through the mean and the variance", "[09.13][gradient]") {
  const auto training = [](const Tensor& x, const Tensor& w, const Tensor& b) {
    return batch_norm(x, zeros({2}), ones({2}), w, b, {.training = true});
  };
  CHECK_GRADIENTS(training, {some({3, 2, 2, 2}, 19), some({2}, 20), some({2}, 21)});
  const auto afterwards = [](const Tensor& x, const Tensor& w, const Tensor& b) {
    return batch_norm(x, full({2}, 0.3), full({2}, 2), w, b);
  };
  CHECK_GRADIENTS(afterwards, {some({1, 2, 2, 2}, 22), some({2}, 23), some({2}, 24)});
}
