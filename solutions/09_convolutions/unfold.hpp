// 09_convolutions / unfold.hpp: windows of an image as the columns of a matrix (im2col), and back.
//
//   unfold(x, {3, 3}, {.padding = 1})           x [N, C, H, W] -> [N, C*9, L], a column for each place
//   fold(columns, {H, W}, {3, 3}, {.padding = 1})    adds every column back to where it was read
// Both walk the same way over the same numbers, one reading what the other writes. So each is the
// other's derivative rule.
#pragma once
#include <array>
#include <string>

#include <tinytorch/convolutions/output_size.hpp>

namespace tinytorch {

/// Height and width of an image or of a kernel.
struct Size2d {
  Index height = 1, width = 1;
};

struct UnfoldOptions {
  Index stride = 1;    // how far the window moves, along both axes
  Index padding = 0;   // rows and columns of zeros around the image
  Index dilation = 1;  // how far apart neighbouring taps of the kernel lie
};

/// A stack of images, and a window that moves over each. Shapes and positions only: no numbers.
struct Windows {
  Index images, channels;  // N, C
  Size2d image;            // H, W
  Size2d kernel;           // kh, kw
  Size2d places;           // OH, OW
  UnfoldOptions options;

  Windows(const Shape& x, Size2d kernel_size, UnfoldOptions how, const char* who)
      : kernel(kernel_size), options(how) {
    if (x.size() != 4) {
      throw ShapeError(std::string(who) + ": expects images [N, C, H, W], got " + to_string(x) +
                       "\n  hint: unsqueeze(0) makes a batch of one, unsqueeze(1) one channel");
    }
    images = x[0];
    channels = x[1];
    image = {x[2], x[3]};
    const auto places_along = [&](Index in, Index taps) {
      return output_size(in, taps, how.stride, how.padding, how.dilation, who);
    };
    places = {places_along(image.height, kernel.height), places_along(image.width, kernel.width)};
  }

  Index taps() const { return kernel.height * kernel.width; }         // kh * kw
  Index place_count() const { return places.height * places.width; }  // L = OH * OW
  Shape image_shape() const { return {images, channels, image.height, image.width}; }
  Shape column_shape() const { return {images, channels * taps(), place_count()}; }

  /// Calls visit(pixel, entry, count) for every run of numbers that images and columns share: the
  /// pixels at pixel, pixel + stride, pixel + 2 * stride, ... of [N, C, H, W] in memory are the
  /// entries at entry, entry + 1, entry + 2, ... of [N, C*kh*kw, L], `count` of them.
  ///
  /// Goal        One walk for both directions.
  /// Background  One row of the columns holds what one tap of the kernel sees, in one channel of one
  ///             image, at all L places; row after row in the order of the kernel's own memory
  ///             [C, kh, kw]. A run is one output row of that. What the tap reads from the padding
  ///             is in no run.
  /// Examples    a 3x3 image, kernel 2x2: tap (0, 1) makes two runs of 2: pixels 1, 2 are entries
  ///             4, 5; pixels 4, 5 are entries 6, 7
  /// Cost        every entry once
  template <class Visit>
  void for_each_run(Visit visit) const {
    const Index planes = images * channels;
    // TODO(09.3): for each plane, each tap (ki, kj) and each output row oy with a source inside,
    // work out where the run begins on both sides and how long it is.
    // HINT: a tap's shift along an axis is tap * dilation - padding; positions_inside tells which
    // HINT: output rows, and which part of a row, lie inside.
    // HINT: row (plane * kh + ki) * kw + kj of the columns has L entries.
    // BEGIN SOLUTION 09.3
    const Index stride = options.stride;
    for (Index plane = 0; plane < planes; ++plane) {
      for (Index ki = 0; ki < kernel.height; ++ki) {
        const Index down = ki * options.dilation - options.padding;
        const Span rows = positions_inside(image.height, places.height, stride, down);
        for (Index kj = 0; kj < kernel.width; ++kj) {
          const Index right = kj * options.dilation - options.padding;
          const Span run = positions_inside(image.width, places.width, stride, right);
          const Index row = (plane * kernel.height + ki) * kernel.width + kj;
          for (Index oy = rows.begin; oy < rows.end; ++oy) {
            const Index y = oy * stride + down, x = run.begin * stride + right;
            visit((plane * image.height + y) * image.width + x,
                  row * place_count() + oy * places.width + run.begin, run.end - run.begin);
          }
        }
      }
    }
    // END SOLUTION 09.3
  }
};

/// Copies what the window sees at each place into a column of its own.
///
/// Goal        A convolution becomes a matrix product, and a matrix product is fast.
/// Background  Windows overlap, so a number is copied up to kh * kw times: memory is spent for speed.
/// Examples    [[1, 2, 3], [4, 5, 6], [7, 8, 9]], kernel 2x2 -> rows [1, 2, 4, 5], [2, 3, 5, 6],
///             [4, 5, 7, 8], [5, 6, 8, 9], one for each tap; the columns are the four windows
/// Cost        C*kh*kw*L numbers written an image, no arithmetic
/// In PyTorch  aten/src/ATen/native/im2col.h, im2col
struct Unfold : Primitive {
  Windows windows;
  explicit Unfold(const Windows& w) : windows(w) {}

  const char* name() const override { return "unfold"; }
  Saves saves() const override { return {.inputs = false, .output = false}; }
  Tensor forward(Inputs in) const override {
    const Tensor images = in[0].contiguous();  // [N, C, H, W]
    const Tensor columns = zeros(windows.column_shape());
    const real* pixels = images.data();
    real* entries = columns.data();
    const Index stride = windows.options.stride;
    // TODO(09.4): copy every run from the pixels to the entries.
    // HINT: windows.for_each_run([&](Index pixel, Index entry, Index count) {...});
    // BEGIN SOLUTION 09.4
    windows.for_each_run([&](Index pixel, Index entry, Index count) {
      for (Index i = 0; i < count; ++i) entries[entry + i] = pixels[pixel + i * stride];
    });
    return columns;
    // END SOLUTION 09.4
  }
};

/// Adds every entry of the columns to the pixel that it was read from.
///
/// Goal        The way back of unfold.
/// Background  unfold is linear: columns = U pixels, for a matrix U of zeros and ones. Its gradient
///             is the transposed matrix, and U^T adds where U copies. A pixel that k windows saw
///             gets the sum of k numbers. So fold(unfold(x)) is x times how often each was seen; it
///             does not undo.
/// Examples    ones in, for a 3x3 image and a 2x2 kernel -> [[1, 2, 1], [2, 4, 2], [1, 2, 1]]
/// Cost        C*kh*kw*L additions an image
/// In PyTorch  aten/src/ATen/native/im2col.h, col2im
struct Fold : Primitive {
  Windows windows;
  explicit Fold(const Windows& w) : windows(w) {}

  const char* name() const override { return "fold"; }
  Saves saves() const override { return {.inputs = false, .output = false}; }
  Index flops(Inputs in, const Tensor&) const override { return in[0].numel(); }
  Tensor forward(Inputs in) const override {
    const Tensor columns = in[0].contiguous();  // [N, C*kh*kw, L]
    const Tensor images = zeros(windows.image_shape());
    const real* entries = columns.data();
    real* pixels = images.data();
    const Index stride = windows.options.stride;
    // TODO(09.5): the same walk the other way: add every run of entries to its pixels.
    // HINT: several entries meet in one pixel.
    // BEGIN SOLUTION 09.5
    windows.for_each_run([&](Index pixel, Index entry, Index count) {
      for (Index i = 0; i < count; ++i) pixels[pixel + i * stride] += entries[entry + i];
    });
    return images;
    // END SOLUTION 09.5
  }
};

/// Each pixel gets the gradients of all its copies.
inline Grads vjp(const Unfold& op, Inputs, const Tensor&, const Tensor& g) {
  // TODO(09.6): one line.
  // HINT: op.windows is all that the other operation needs to know; apply(...) keeps it in the
  // HINT: graph.
  // BEGIN SOLUTION 09.6
  return {apply(Fold(op.windows), {g})};
  // END SOLUTION 09.6
}

inline Grads vjp(const Fold& fold, Inputs, const Tensor&, const Tensor& g) {
  return {apply(Unfold(fold.windows), {g})};
}

namespace detail {
inline const bool unfold_rules_defined = define_rules<Unfold, Fold>();
}

/// The windows of each image as columns: x [N, C, H, W] -> [N, C*kh*kw, L].
///
/// In PyTorch  torch.nn.functional.unfold
inline Tensor unfold(const Tensor& x, Size2d kernel, UnfoldOptions options = {}) {
  return apply(Unfold(Windows(x.shape(), kernel, options, "unfold")), {x});
}

/// The sum of overlapping windows: columns [N, C*kh*kw, L] -> [N, C, H, W].
///
/// In PyTorch  torch.nn.functional.fold
inline Tensor fold(const Tensor& columns, Size2d image, Size2d kernel, UnfoldOptions options = {}) {
  const Index taps = kernel.height * kernel.width;
  const bool fits = columns.dim() == 3 && taps > 0 && columns.size(1) % taps == 0;
  const Shape images = {fits ? columns.size(0) : 0, fits ? columns.size(1) / taps : 0, image.height,
                        image.width};
  const Windows windows(images, kernel, options, "fold");
  if (!fits || columns.shape() != windows.column_shape()) {
    throw ShapeError("fold: expects columns [N, C * " + std::to_string(taps) + ", " +
                     std::to_string(windows.place_count()) + "], got " +
                     to_string(columns.shape()) +
                     "\n  hint: unfold of the image, with the same options, shows the shape");
  }
  return apply(Fold(windows), {columns});
}

}  // namespace tinytorch
