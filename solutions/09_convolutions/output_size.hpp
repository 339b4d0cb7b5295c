// 09_convolutions / output_size.hpp: where a sliding window fits.
//
//   output_size(28, 5)                                   24: a window of 5 has 24 places among 28
//   positions_inside(28, 28, 1, -2)                      2 .. 28: where a tap does not read padding
// One axis at a time: rows and columns follow the same arithmetic. No tensor here, only sizes.
#pragma once
#include <algorithm>
#include <string>

#include <tinytorch/autograd.hpp>

namespace tinytorch {

/// How many places a window has along an axis.
///
/// Goal        The one formula from which all sizes in a convolutional network follow.
/// Background  With dilation d the k taps of a window lie d apart, so it covers d * (k - 1) + 1
///             numbers. The axis has `padding` more numbers at each end. The window starts at the
///             left and moves by `stride`; a last step that does not fit is not taken.
/// Examples    28, kernel 5 -> 24;  28, kernel 5, padding 2 -> 28;  13, kernel 2, stride 2 -> 6
/// Cost        none: but a size that was guessed costs an afternoon (README.md, "Predict first")
/// In PyTorch  aten/src/ATen/native/Pool.h, pooling_output_shape; ConvUtils.h, conv_output_size
inline Index output_size(Index in, Index kernel, Index stride = 1, Index padding = 0,
                         Index dilation = 1, const char* who = "output_size") {
  const auto need = [&](bool holds, const std::string& what, Index got) {
    if (!holds) throw ValueError(who + (": expects " + what) + ", got " + std::to_string(got));
  };
  const auto refuse = [&](Index covered) {
    throw ShapeError(
        who + (": expects at least " + std::to_string(covered)) + " numbers along each axis, got " +
        std::to_string(in + 2 * padding) + " (" + std::to_string(in) + " and 2 * " +
        std::to_string(padding) + " of padding)\n  the kernel has " + std::to_string(kernel) +
        " taps, " + std::to_string(dilation) + " apart\n  hint: a smaller kernel, or more padding");
  };
  // TODO(09.1): need(...) what must hold of kernel, stride, padding and dilation; refuse(covered) a
  // window that is longer than the padded axis; return the number of places.
  // HINT: need(stride >= 1, "stride >= 1", stride), and so on; padding may be 0.
  // HINT: (2 - 3) / 2 is 0 in C++, not -1: ask before you divide.
  // BEGIN SOLUTION 09.1
  need(kernel >= 1, "kernel >= 1", kernel);
  need(stride >= 1, "stride >= 1", stride);
  need(padding >= 0, "padding >= 0", padding);
  need(dilation >= 1, "dilation >= 1", dilation);
  const Index covered = dilation * (kernel - 1) + 1;
  const Index room = in + 2 * padding - covered;
  if (room < 0) refuse(covered);
  return room / stride + 1;
  // END SOLUTION 09.1
}

/// Positions begin .. end-1; none if end <= begin.
struct Span {
  Index begin = 0, end = 0;
};

/// The places of a window at which one of its taps reads the image and not the padding.
///
/// Goal        To ask once for a whole row, not for each number, whether it is inside.
/// Background  At place o the tap reads position o * stride + shift of an axis of `in` numbers;
///             shift is tap * dilation - padding and may be negative. That position grows with o, so
///             the places that are inside are a run: from the first that is not below 0 to the first
///             that is not below `in`, among the `out` places there are.
/// Examples    in 5, out 5, stride 1, shift -1 -> 1 .. 5;  in 5, out 3, stride 2, shift 1 -> 0 .. 2
/// Cost        two divisions, instead of two comparisons a number
inline Span positions_inside(Index in, Index out, Index stride, Index shift) {
  // TODO(09.2): find the first place with o * stride + shift >= 0, and the first with >= in.
  // HINT: the first o with o * stride >= n is n / stride rounded up, and 0 if n is negative.
  // HINT: no end may pass `out`.
  // BEGIN SOLUTION 09.2
  const auto first_at_least = [&](Index n) {
    return n <= 0 ? 0 : std::min(out, (n + stride - 1) / stride);
  };
  return {first_at_least(-shift), first_at_least(in - shift)};
  // END SOLUTION 09.2
}

}  // namespace tinytorch
