// conv2d: worked numbers, and a slow convolution of seven loops that knows nothing of columns.
#include <vector>

#include "tensor_close.hpp"

#include <tinytorch/convolutions.hpp>

using namespace tinytorch;
using namespace tt_test;

namespace {

Tensor image(const std::vector<real>& numbers, Index height, Index width) {
  return tensor(numbers, {1, 1, height, width});
}

/// The definition, one multiplication at a time.
Tensor convolve_slowly(const Tensor& x, const Tensor& w, const Conv2dOptions& o) {
  const auto places = [&](Index in, Index k) {
    return (in + 2 * o.padding - o.dilation * (k - 1) - 1) / o.stride + 1;
  };
  const Index per_group = w.size(0) / o.groups;
  Tensor out =
      zeros({x.size(0), w.size(0), places(x.size(2), w.size(2)), places(x.size(3), w.size(3))});
  for (const Shape& at : all_indices(out.shape())) {
    double total = 0;
    for (Index c = 0; c < w.size(1); ++c) {
      for (Index ki = 0; ki < w.size(2); ++ki) {
        for (Index kj = 0; kj < w.size(3); ++kj) {
          const Index row = at[2] * o.stride + ki * o.dilation - o.padding;
          const Index column = at[3] * o.stride + kj * o.dilation - o.padding;
          if (row < 0 || row >= x.size(2) || column < 0 || column >= x.size(3)) continue;
          const Index channel = at[1] / per_group * w.size(1) + c;
          total += double(x.at({at[0], channel, row, column})) * double(w.at({at[1], c, ki, kj}));
        }
      }
    }
    out.set(at, static_cast<real>(total));
  }
  return out;
}

void check_against_definition(const Shape& image_shape, const Shape& kernel_shape,
                              const Conv2dOptions& options) {
  Rng rng(94);
  const Tensor x = randn(image_shape, rng), w = randn(kernel_shape, rng);
  INFO("x " << image_shape << ", w " << kernel_shape << ", groups " << options.groups);
  CHECK_TENSOR(conv2d(x, w, Tensor(), options), convolve_slowly(x, w, options));
}

}  // namespace

TEST_CASE("conv2d: a difference along the diagonal", "[09.8][core]") {
  const Tensor x = image({1, 2, 3, 4, 5, 6, 7, 8, 9}, 3, 3), w = image({1, 0, 0, -1}, 2, 2);
  CHECK_TENSOR(conv2d(x, w), values({-4, -4, -4, -4}, {1, 1, 2, 2}));  // 1 - 5, 2 - 6, 4 - 8, 5 - 9
}

TEST_CASE("conv2d: the kernel is not turned", "[09.8][core]") {
  const Tensor x = image({1, 2, 3, 4}, 2, 2);
  CHECK_TENSOR(conv2d(x, x), values({30}, {1, 1, 1, 1}));  // 1 + 4 + 9 + 16; turned it were 20
}

TEST_CASE("conv2d: every kernel sums over all channels and adds its bias", "[09.8][core]") {
  const Tensor x = tensor({1, 2, 3, 4, 10, 20, 30, 40}, {1, 2, 2, 2});
  const Tensor w = tensor({1, 1, 2, -1, 0, 100}, {3, 2, 1, 1});
  CHECK_TENSOR(
      conv2d(x, w, tensor({0, 0.5, -1})),
      values({11, 22, 33, 44, -7.5, -15.5, -23.5, -31.5, 999, 1999, 2999, 3999}, {1, 3, 2, 2}));
}

TEST_CASE("conv2d: groups see only their own channels", "[09.8][core]") {
  const Tensor x = tensor({1, 2, 3, 4}, {1, 4, 1, 1});
  const Tensor w = tensor({1, 10, 100, 1000}, {2, 2, 1, 1});
  CHECK_TENSOR(conv2d(x, w, Tensor(), {.groups = 2}), values({21, 4300}, {1, 2, 1, 1}));
  const Tensor each = tensor({1, 10, 100, 1000}, {4, 1, 1, 1});  // a kernel for each channel
  CHECK_TENSOR(conv2d(x, each, Tensor(), {.groups = 4}), values({1, 20, 300, 4000}, {1, 4, 1, 1}));
}

TEST_CASE("conv2d: images do not mix", "[09.8][core]") {
  const Tensor x = tensor({1, 2, 3, 4, 100, 200, 300, 400}, {2, 1, 2, 2});
  CHECK_TENSOR(conv2d(x, ones({1, 1, 2, 2})), values({10, 1000}, {2, 1, 1, 1}));
}

TEST_CASE("conv2d: agrees with its definition", "[09.8][property]") {
  check_against_definition({2, 3, 6, 5}, {4, 3, 3, 2}, {});
  check_against_definition({2, 2, 7, 6}, {3, 2, 3, 3}, {.stride = 2, .padding = 1});
  check_against_definition({1, 2, 9, 8}, {2, 2, 3, 3}, {.padding = 2, .dilation = 2});
  check_against_definition({2, 4, 5, 6}, {6, 2, 2, 3}, {.padding = 1, .groups = 2});
  check_against_definition({1, 3, 5, 5}, {6, 1, 3, 3}, {.stride = 3, .padding = 2, .groups = 3});
  check_against_definition({1, 1, 4, 4}, {1, 1, 4, 4}, {});
}

TEST_CASE("conv2d: numbers from PyTorch", "[09.8][property]") {
  // F.conv2d(torch.arange(16.).view(1,1,4,4), torch.arange(9.).view(1,1,3,3) - 4,
  //          torch.tensor([0.5]), stride=2, padding=1, dilation=1)
  const Tensor x = arange(16).reshape({1, 1, 4, 4});
  const Tensor w = arange(-4, 5).reshape({1, 1, 3, 3});
  CHECK_TENSOR(conv2d(x, w, tensor({0.5f}), {.stride = 2, .padding = 1}),
               values({33.5, 58.5, 75.5, 78.5}, {1, 1, 2, 2}));
}

TEST_CASE("conv2d: reads views, as images and as kernels", "[09.8][edge]") {
  Rng rng(95);
  const Tensor x = randn({5, 4, 3, 2}, rng).permute({3, 2, 1, 0});  // [2, 3, 4, 5]
  const Tensor w = randn({2, 3, 3, 4}, rng).permute({3, 2, 1, 0});  // [4, 3, 3, 2]
  CHECK_TENSOR(conv2d(x, w), convolve_slowly(x, w, {}));
  const Tensor part = randn({4, 3, 6, 6}, rng).slice(0, 1, 4, 2).slice(3, 1, 6, 2);
  CHECK_TENSOR(conv2d(part, w), convolve_slowly(part, w, {}));
}

TEST_CASE("conv2d: an empty batch gives an empty batch", "[09.8][edge]") {
  CHECK_SHAPE(conv2d(zeros({0, 3, 8, 8}), zeros({4, 3, 3, 3})), {0, 4, 6, 6});
  Tensor w = ones({4, 3, 3, 3});
  w.set_requires_grad(true);
  sum(conv2d(zeros({0, 3, 8, 8}), w)).backward();
  CHECK_TENSOR(w.grad(), zeros({4, 3, 3, 3}));
}

TEST_CASE("conv2d: says what does not fit", "[09.8][errors]") {
  const Tensor x = zeros({1, 3, 8, 8}), w = zeros({4, 3, 3, 3});
  CHECK_SHAPE(conv2d(x, w), {1, 4, 6, 6});
  CHECK_THROWS_WITH(
      conv2d(zeros({1, 2, 8, 8}), w),
      contains("conv2d: expects x with 3 channels, got x [1, 2, 8, 8], w [4, 3, 3, 3]"));
  CHECK_THROWS_WITH(conv2d(zeros({3, 8, 8}), w), contains("expects x [N, C, H, W]"));
  CHECK_THROWS_WITH(conv2d(x, w, zeros({3})), contains("expects a bias [4]"));
  CHECK_THROWS_WITH(conv2d(x, w, Tensor(), {.groups = 3}),
                    contains("expects x with 9 channels in 3 groups"));
  CHECK_THROWS_WITH(conv2d(zeros({1, 9, 8, 8}), w, Tensor(), {.groups = 3}),
                    contains("expects as many kernels for each group in 3 groups"));
  CHECK_THROWS_WITH(conv2d(x, w, Tensor(), {.groups = 0}), contains("expects groups >= 1, got 0"));
  CHECK_THROWS_WITH(conv2d(zeros({1, 3, 8, 2}), w),
                    contains("conv2d: expects at least 3 numbers along each axis, got 2"));
  CHECK_THROWS_WITH(conv2d(x, w, Tensor(), {.stride = 0}), contains("conv2d: expects stride >= 1"));
}
