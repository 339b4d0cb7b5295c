// Messages that a student of 09 meets most, word for word (01_messages.cpp says why).
#include <tinytorch/convolutions.hpp>

#include "tensor_close.hpp"

using namespace tinytorch;

TEST_CASE("messages of 09: images that do not fit", "[09][regression]") {
  Rng rng(1);
  const Tensor w = zeros({4, 3, 3, 3});
  CHECK_SHAPE(conv2d(zeros({1, 3, 8, 8}), w), {1, 4, 6, 6});
  CHECK_THROWS_WITH(conv2d(zeros({1, 1, 8, 8}), w),
                    "conv2d: expects x with 3 channels, got x [1, 1, 8, 8], w [4, 3, 3, 3]");
  CHECK_THROWS_WITH(
      conv2d(zeros({3, 8, 8}), w),
      "conv2d: expects x [N, C, H, W] and w [O, C/groups, kh, kw], got x [3, 8, 8], w [4, 3, 3, 3]\n"
      "  hint: x.unsqueeze(0) makes a batch of one image");
  CHECK_THROWS_WITH(
      conv2d(zeros({1, 3, 2, 2}), w),
      "conv2d: expects at least 3 numbers along each axis, got 2 (2 and 2 * 0 of padding)\n"
      "  the kernel has 3 taps, 1 apart\n"
      "  hint: a smaller kernel, or more padding");
  CHECK_THROWS_WITH(
      max_pool2d(zeros({1, 1, 4, 4}), 2, {.padding = 2}),
      "max_pool2d: expects a padding of at most half the kernel, got 2 for a kernel of 2");
  CHECK_THROWS_WITH(
      Conv2d(3, 4, 3, rng, {.groups = 2}),
      "Conv2d: expects sizes >= 1 and channels that groups divides, got in 3, out 4, kernel 3, groups 2");
  CHECK_THROWS_WITH(BatchNorm2d(4)(zeros({2, 3, 2, 2})),
                    "batch_norm: expects x [N, 4, H, W], got [2, 3, 2, 2]");
  CHECK_THROWS_WITH(
      BatchNorm2d(3)(zeros({1, 3, 1, 1})),
      "batch_norm: expects more than one number a channel in training, got [1, 3, 1, 1]\n"
      "  hint: a larger batch, or eval() if the model only answers");
}
