// The same sums as seven loops and as a matrix product. Processor time, the best of several rounds.
//
//   ./tito/tito run tests/performance/conv_speed.cpp --solution --profile release
//
// The lesson of 09_convolutions shows what it prints.
#include <tinytorch/convolutions.hpp>

#include <cstdio>

#include "fastest.hpp"

using namespace tinytorch;

/// The definition, on raw memory. Padding is asked for at each number.
Tensor direct(const Tensor& x, const Tensor& w, Index padding) {
  const Index images = x.size(0), channels = x.size(1), in_h = x.size(2), in_w = x.size(3);
  const Index outputs = w.size(0), kh = w.size(2), kw = w.size(3);
  const Index height = output_size(in_h, kh, 1, padding);
  const Index width = output_size(in_w, kw, 1, padding);
  const Tensor out = empty({images, outputs, height, width});
  const real* pixels = x.data();
  const real* weights = w.data();
  real* to = out.data();
  for (Index n = 0; n < images; ++n) {
    for (Index o = 0; o < outputs; ++o) {
      for (Index oy = 0; oy < height; ++oy) {
        for (Index ox = 0; ox < width; ++ox) {
          real total = 0;
          for (Index c = 0; c < channels; ++c) {
            for (Index ki = 0; ki < kh; ++ki) {
              for (Index kj = 0; kj < kw; ++kj) {
                const Index row = oy + ki - padding, column = ox + kj - padding;
                if (row < 0 || row >= in_h || column < 0 || column >= in_w) continue;
                total += pixels[((n * channels + c) * in_h + row) * in_w + column] *
                         weights[((o * channels + c) * kh + ki) * kw + kj];
              }
            }
          }
          *to++ = total;
        }
      }
    }
  }
  return out;
}

template <class F>
double best_ms(F f) {
  return 1e3 * bench::fastest(3, f);
}

void compare(const char* what, const Shape& image, const Shape& kernel, Index padding) {
  Rng rng(1);
  const Tensor x = randn(image, rng);
  Tensor w = randn(kernel, rng);
  FlopCounter counter;
  const Tensor y = conv2d(x, w, Tensor(), {.padding = padding});
  const double work = static_cast<double>(counter.of("conv2d")) / 1e6;  // million operations
  if (!allclose(y, direct(x, w, padding), 1e-3, 1e-3)) std::printf("they differ!\n");
  const double slow = best_ms([&] { (void)direct(x, w, padding); });
  const double fast = best_ms([&] { (void)conv2d(x, w, Tensor(), {.padding = padding}); });
  const double lowering = best_ms([&] {
    for (Index n = 0; n < x.size(0); ++n) {
      (void)unfold(x.slice(0, n, n + 1), {kernel[2], kernel[3]}, {.padding = padding});
    }
  });
  w.set_requires_grad(true);
  const Tensor loss = sum(conv2d(x, w, Tensor(), {.padding = padding}));
  const double back = best_ms([&] { loss.backward({.retain_graph = true}); });
  std::printf("%-26s %6.1f %12.2f %10.2f %10.2f %6.1f %8.1f %12.2f\n", what, work, slow, fast,
              lowering, slow / fast, work / fast, back);
}

int main() {
  std::printf("%-26s %6s %12s %10s %10s %6s %8s %12s\n", "", "Mflop", "7 loops ms", "conv2d ms",
              "unfold ms", "times", "Gflop/s", "backward dw");
  compare("32 x 1 x 28^2, 6 of 5 x 5", {32, 1, 28, 28}, {6, 1, 5, 5}, 2);
  compare("32 x 6 x 14^2, 16 of 5 x 5", {32, 6, 14, 14}, {16, 6, 5, 5}, 0);
  compare("1 x 64 x 32^2, 64 of 1 x 1", {1, 64, 32, 32}, {64, 64, 1, 1}, 0);
  compare("1 x 64 x 32^2, 64 of 3 x 3", {1, 64, 32, 32}, {64, 64, 3, 3}, 1);
  compare("1 x 64 x 32^2, 64 of 5 x 5", {1, 64, 32, 32}, {64, 64, 5, 5}, 2);
}
