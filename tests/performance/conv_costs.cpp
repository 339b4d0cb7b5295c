// What a convolution keeps and costs, counted and not timed: parameters, operations, bytes.
//
//   ./tito/tito run tests/performance/conv_costs.cpp --solution
//
// The lesson of 09_convolutions shows what it prints.
#include <tinytorch/convolutions.hpp>

#include <cstdio>
using namespace tinytorch;

unsigned long long live() { return memory::stats().live_bytes; }

/// The convolution as a chain of recorded operations: all columns at once, kept for backward.
Tensor composed(const Tensor& x, const Tensor& w) {
  const Windows windows(x.shape(), {w.size(2), w.size(3)}, {}, "composed");
  const Tensor columns = unfold(x, windows.kernel);
  const Tensor y = matmul(w.reshape({w.size(0), -1}), columns);
  return y.reshape({x.size(0), w.size(0), windows.places.height, windows.places.width});
}

void layer(const char* what, const Shape& image, const Shape& kernel, Index padding) {
  const Tensor x = zeros(image), w = zeros(kernel);
  FlopCounter counter;
  const Tensor y = conv2d(x, w, Tensor(), {.padding = padding});
  const Tensor columns = unfold(x, {kernel[2], kernel[3]}, {.padding = padding});
  std::printf("%-26s %7lld %11lld %9lld %9lld %9lld\n", what, static_cast<long long>(w.numel()),
              static_cast<long long>(x.numel() * y.numel()),
              static_cast<long long>(counter.of("conv2d")), static_cast<long long>(x.numel()),
              static_cast<long long>(columns.numel()));
}

void kept(const char* what, Tensor (*f)(const Tensor&, const Tensor&)) {
  Tensor x = ones({32, 6, 14, 14}), w = ones({16, 6, 5, 5});
  x.set_requires_grad(true);
  w.set_requires_grad(true);
  const auto before = live();
  memory::reset_peak();
  const Tensor y = f(x, w);
  const auto after = live(), top = static_cast<unsigned long long>(memory::stats().peak_bytes);
  FlopCounter counter;
  memory::reset_peak();
  y.backward(ones(y.shape()));
  std::printf("%-28s %8llu bytes kept %8llu peak forward %8llu backward %9lld flops back\n", what,
              after - before, top - before,
              static_cast<unsigned long long>(memory::stats().peak_bytes) - before,
              static_cast<long long>(counter.of("matmul")));
}

int main() {
  std::printf("%-26s %7s %11s %9s %9s %9s\n", "LeNet, one image", "weights", "as a matrix", "flops",
              "image", "columns");
  layer("1 x 28^2 -> 6 x 28^2", {1, 1, 28, 28}, {6, 1, 5, 5}, 2);
  layer("6 x 14^2 -> 16 x 10^2", {1, 6, 14, 14}, {16, 6, 5, 5}, 0);
  std::printf("\nthe second one, a batch of 32 (input %llu bytes, result %llu bytes)\n",
              static_cast<unsigned long long>(zeros({32, 6, 14, 14}).nbytes()),
              static_cast<unsigned long long>(zeros({32, 16, 10, 10}).nbytes()));
  kept("unfold and matmul, recorded", composed);
  kept("conv2d", [](const Tensor& x, const Tensor& w) { return conv2d(x, w); });
  std::printf("\n64 channels to 64, 3 by 3, 32 x 32: %lld flops; in 64 groups %lld\n",
              static_cast<long long>(2 * 64 * 32 * 32) * 64 * 9,
              static_cast<long long>(2 * 64 * 32 * 32) * 9);
}
