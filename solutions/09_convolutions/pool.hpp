// 09_convolutions / pool.hpp: one number for each window: the largest, or the mean.
//
//   max_pool2d(x, 2)                               [N, C, H, W] -> [N, C, H/2, W/2]
//   max_pool2d(x, 3, {.stride = 2, .padding = 1})
// Each channel for itself. Nothing is learned here.
#pragma once
#include <cmath>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include <tinytorch/convolutions/unfold.hpp>

namespace tinytorch {

struct MaxPool2dOptions {
  Index stride = 0;  // 0: as large as the kernel, so that windows do not overlap
  Index padding = 0;
};

struct AvgPool2dOptions {
  Index stride = 0;
  Index padding = 0;  // zeros, and they count: a window at the border is divided by kernel^2, too
};

namespace detail {

/// The windows of a pool; its padding may be half a kernel at most, so that none is padding only.
inline Windows pool_windows(const Tensor& x, Index kernel, Index stride, Index padding,
                            const char* who) {
  const Windows windows(x.shape(), {kernel, kernel}, {stride == 0 ? kernel : stride, padding}, who);
  if (padding > kernel / 2) {
    throw ValueError(std::string(who) + ": expects a padding of at most half the kernel, got " +
                     std::to_string(padding) + " for a kernel of " + std::to_string(kernel));
  }
  return windows;
}

}  // namespace detail

/// For each window the position of its largest number, counted through all of x in row-major order.
///
/// Goal        The choice, apart from the numbers: what is chosen is linear in x, the choice is not.
/// Background  The first of several equal ones wins; NaN wins over all numbers; the padding never
///             wins. Positions are whole numbers, without a gradient: nothing is recorded.
/// Examples    [[1, 9, 2, 0], [9, 3, 5, 4]] with a kernel of 2 -> positions 1 and 6
/// Cost        kernel^2 comparisons a window
inline IndexTensor window_winners(const Tensor& x, const Windows& windows) {
  const Tensor images = x.detach().contiguous();
  const real* pixels = images.data();
  const auto [height, width] = windows.image;
  const Index stride = windows.options.stride, padding = windows.options.padding;
  std::vector<Index> winners;
  winners.reserve(
      static_cast<std::size_t>(windows.images * windows.channels * windows.place_count()));
  for (Index plane = 0; plane < windows.images * windows.channels; ++plane) {
    for (Index oy = 0; oy < windows.places.height; ++oy) {
      for (Index ox = 0; ox < windows.places.width; ++ox) {
        // TODO(09.10): push the position of the winner among rows top .. bottom-1 and columns left
        // .. right-1 of this plane.
        // HINT: without padding the window begins at row oy * stride and has kernel.height rows.
        // HINT: cut it off at the image's border with std::max and std::min.
        // HINT: pixel (y, x) of the plane is number (plane * height + y) * width + x.
        // BEGIN SOLUTION 09.10
        const Index first_y = oy * stride - padding, first_x = ox * stride - padding;
        const Index top = std::max<Index>(first_y, 0), left = std::max<Index>(first_x, 0);
        const Index bottom = std::min(first_y + windows.kernel.height, height);
        const Index right = std::min(first_x + windows.kernel.width, width);
        Index winner = (plane * height + top) * width + left;
        real best = pixels[winner];
        for (Index y = top; y < bottom; ++y) {
          const Index row = (plane * height + y) * width;
          for (Index i = row + left; i < row + right; ++i) {
            // Without branches: no processor can foresee which of four pixels is the largest.
            const bool is_nan = std::isnan(pixels[i]), was_nan = std::isnan(best);
            const bool better = (pixels[i] > best) | (is_nan & !was_nan);
            winner += better * (i - winner);
            best = pixels[winner];
          }
        }
        winners.push_back(winner);
        // END SOLUTION 09.10
      }
    }
  }
  return IndexTensor(std::move(winners), {windows.images, windows.channels, windows.places.height,
                                          windows.places.width});
}

/// Picks numbers by their positions: y[i] = x[positions[i]].
///
/// Goal        Max pooling after the choice is made.
/// Background  Linear, so the rule reads no numbers and none are kept: only the positions, which
///             belong to the operation.
struct Pick : Primitive {
  IndexTensor positions;
  explicit Pick(IndexTensor where) : positions(std::move(where)) {}

  const char* name() const override { return "pick"; }
  Saves saves() const override { return {.inputs = false, .output = false}; }
  Tensor forward(Inputs in) const override {
    const Tensor x = in[0].contiguous();
    const Tensor out = empty(positions.shape());
    for (Index i = 0; i < out.numel(); ++i) out.data()[i] = x.data()[positions[i]];
    return out;
  }
};

/// Puts numbers back where they were picked, into zeros: the way back of Pick.
struct PutBack : Primitive {
  IndexTensor positions;
  Shape shape;
  PutBack(IndexTensor where, Shape whole) : positions(std::move(where)), shape(std::move(whole)) {}

  const char* name() const override { return "put_back"; }
  Saves saves() const override { return {.inputs = false, .output = false}; }
  Tensor forward(Inputs in) const override {
    const Tensor numbers = in[0].contiguous();
    const Tensor out = zeros(shape);
    // TODO(09.11): number i belongs to position positions[i] of out.
    // HINT: where windows overlap, one pixel may be the winner of several.
    // BEGIN SOLUTION 09.11
    for (Index i = 0; i < numbers.numel(); ++i) out.data()[positions[i]] += numbers.data()[i];
    return out;
    // END SOLUTION 09.11
  }
};

inline Grads vjp(const Pick& op, Inputs in, const Tensor&, const Tensor& g) {
  return {apply(PutBack(op.positions, in[0].shape()), {g})};
}
inline Grads vjp(const PutBack& op, Inputs, const Tensor&, const Tensor& g) {
  return {apply(Pick(op.positions), {g})};
}

namespace detail {
inline const bool pick_rules_defined = define_rules<Pick, PutBack>();
}

/// The largest number of each window.
///
/// Examples    [[1, 9, 2, 0], [9, 3, 5, 4]] with a kernel of 2 -> [[9, 5]]
/// Cost        kernel^2 comparisons a window; keeps 8 bytes a window, the winner's position
/// In PyTorch  torch.nn.functional.max_pool2d; aten/src/ATen/native/cpu/MaxPoolKernel.cpp
inline Tensor max_pool2d(const Tensor& x, Index kernel, MaxPool2dOptions options = {}) {
  const Windows windows =
      detail::pool_windows(x, kernel, options.stride, options.padding, "max_pool2d");
  return apply(Pick(window_winners(x, windows)), {x});
}

/// The mean of each window.
///
/// Background  Linear and the same for all windows: the mean over the rows of the unfolded image.
///             Unfold and sum have rules already, so the gradient needs none of its own.
/// Examples    [[1, 3], [5, 7]] with a kernel of 2 -> [[4]]
/// Cost        one addition for each number that a window sees; keeps the sums, not the columns
/// In PyTorch  torch.nn.functional.avg_pool2d, where count_include_pad is true by default
inline Tensor avg_pool2d(const Tensor& x, Index kernel, AvgPool2dOptions options = {}) {
  const Windows windows =
      detail::pool_windows(x, kernel, options.stride, options.padding, "avg_pool2d");
  const Shape result = {windows.images, windows.channels, windows.places.height,
                        windows.places.width};
  // TODO(09.12): unfold each channel as an image of its own, and take the mean over its taps.
  // HINT: unfold mixes the channels of an image, as conv2d wants it. Which reshape of x leaves
  // HINT: every image one channel?
  // HINT: windows.kernel and windows.options fit unfold.
  // BEGIN SOLUTION 09.12
  const Tensor planes = x.reshape({x.size(0) * x.size(1), 1, x.size(2), x.size(3)});
  const Tensor columns = unfold(planes, windows.kernel, windows.options);  // [N*C, k*k, L]
  return mean(columns, 1).reshape(result);
  // END SOLUTION 09.12
}

}  // namespace tinytorch
