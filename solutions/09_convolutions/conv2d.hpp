// 09_convolutions / conv2d.hpp: one small kernel, used at every place of an image.
//
//   Tensor y = conv2d(x, w, b, {.stride = 2, .padding = 1});
// x [N, C, H, W], w [O, C/groups, kh, kw], b [O] or Tensor(): y [N, O, OH, OW]. An image at a time:
// its windows become columns (unfold.hpp), and matmul does the rest.
// Legend: N images, C channels in, O channels out, G groups, K = C/G*kh*kw terms, L = OH*OW places
#pragma once
#include <string>
#include <vector>

#include <tinytorch/convolutions/unfold.hpp>

namespace tinytorch {

struct Conv2dOptions {
  Index stride = 1, padding = 0, dilation = 1;
  Index groups = 1;  // channels come in `groups` bundles, and each output sees one bundle only
};

/// The convolution itself, without the bias.
///
/// Goal        Locality (an output sees a window) and sharing (the same kernel at each place).
/// Background  y(o, place) = sum over k of w(o, k) * columns(k, place), a matrix product. The
///             columns are kh*kw times as large as the image, so only one image has them at a time,
///             and none are kept for backward: the rule makes them once more.
/// Cost        2 * K operations for each number of the result; keeps x and w
/// In PyTorch  aten/src/ATen/native/ConvolutionMM2d.cpp, slow_conv2d_forward
struct Convolution : Primitive {
  Conv2dOptions options;
  explicit Convolution(const Conv2dOptions& how) : options(how) {}

  const char* name() const override { return "conv2d"; }
  Saves saves() const override { return {.inputs = true, .output = false}; }

  Index flops(Inputs in, const Tensor& output) const override {
    // TODO(09.7): a multiplication and an addition for each term of each number of the result.
    // HINT: how many weights does one output channel have? in[1] is [O, C/G, kh, kw].
    // BEGIN SOLUTION 09.7
    return 2 * output.numel() * in[1].size(1) * in[1].size(2) * in[1].size(3);
    // END SOLUTION 09.7
  }

  Size2d kernel(const Tensor& w) const { return {w.size(2), w.size(3)}; }

  /// How the kernels move over one image; groups do not matter for that.
  UnfoldOptions steps() const { return {options.stride, options.padding, options.dilation}; }

  Windows windows(const Tensor& x, const Tensor& w) const {
    return Windows(x.shape(), kernel(w), steps(), "conv2d");
  }

  /// The kernels as matrices, one for each group: [O, C/G, kh, kw] -> [G, O/G, K]
  Tensor kernel_matrices(const Tensor& w) const {
    const Index terms = w.size(1) * w.size(2) * w.size(3);
    return w.reshape({options.groups, w.size(0) / options.groups, terms});
  }

  /// The windows of image n as matrices, one for each group: [G, K, L]
  Tensor columns(const Tensor& x, const Tensor& w, Index n) const {
    const Tensor all = unfold(x.slice(0, n, n + 1), kernel(w), steps());  // [1, G*K, L]
    return all.reshape({options.groups, all.size(1) / options.groups, all.size(2)});
  }

  Tensor forward(Inputs in) const override {
    const Tensor &x = in[0], &w = in[1];
    const Size2d places = windows(x, w).places;
    const Tensor out =
        empty({x.size(0), w.size(0), places.height, places.width});  // [N, O, OH, OW]
    // TODO(09.8): for each image: the matrices of the kernels times its columns.
    // HINT: [G, O/G, K] x [G, K, L] -> [G, O/G, L], one product for each group: matmul knows batches.
    // HINT: in that order the numbers are those of out.select(0, n); copy_ them there.
    // BEGIN SOLUTION 09.8
    const Tensor kernels = kernel_matrices(w);
    for (Index n = 0; n < x.size(0); ++n) {
      Tensor image = out.select(0, n);  // [O, OH, OW]
      image.copy_(matmul(kernels, columns(x, w, n)).reshape(image.shape()));
    }
    return out;
    // END SOLUTION 09.8
  }
};

/// dx = fold(W^T g) and dW = sum over images of g columns^T: matmul's rule, then unfold's.
///
/// Background  Computing dx is a convolution, too: every pixel gathers from all places that saw it
///             (a "transposed convolution"). It is made of ordinary operations, so it can be
///             differentiated again.
/// Cost        two products of the size of the forward one, and the columns once more; dx, the
///             gradient of the data in a first layer, only if somebody wants it
/// In PyTorch  aten/src/ATen/native/ConvolutionMM2d.cpp, slow_conv2d_backward_out_cpu_template
inline Grads vjp(const Convolution& op, Inputs in, const Tensor&, const Tensor& g) {
  const Tensor &x = in[0], &w = in[1];
  if (x.size(0) == 0) return {zeros_like(x), zeros_like(w)};
  const Size2d image = {x.size(2), x.size(3)};
  const Tensor kernels = op.kernel_matrices(w);  // [G, O/G, K]
  const Tensor grads =
      g.reshape({x.size(0), op.options.groups, kernels.size(1), -1});  // [N, G, O/G, L]
  std::vector<Tensor> dx;                                              // of each image
  Tensor dw;  // of all images together, as kernel_matrices lie
  // TODO(09.9): for each image n push its [1, C, H, W] to dx, if x.requires_grad(); and add its
  // part to dw, if w.requires_grad().
  // HINT: grads.select(0, n) is [G, O/G, L]. dx: W^T g has the shape of the columns but for the
  // HINT: groups, [1, G*K, L]; then fold(..., image, op.kernel(w), op.steps()).
  // HINT: dw is not defined before the first image.
  // BEGIN SOLUTION 09.9
  for (Index n = 0; n < x.size(0); ++n) {
    const Tensor gn = grads.select(0, n);  // [G, O/G, L]
    if (x.requires_grad()) {
      const Tensor seen = matmul(kernels.transpose(1, 2), gn);  // [G, K, L]
      dx.push_back(fold(seen.reshape({1, -1, seen.size(2)}), image, op.kernel(w), op.steps()));
    }
    if (w.requires_grad()) {
      const Tensor part = matmul(gn, op.columns(x, w, n).transpose(1, 2));  // [G, O/G, K]
      dw = dw.defined() ? dw + part : part;
    }
  }
  // END SOLUTION 09.9
  return {dx.empty() ? Tensor() : cat(dx), dw.defined() ? dw.reshape(w.shape()) : Tensor()};
}

namespace detail {

inline const bool convolution_rule_defined = define_rules<Convolution>();

/// Refuses what does not fit together, in words.
inline void check_conv2d(const Tensor& x, const Tensor& w, const Tensor& b, Index groups) {
  const auto got = [&] {
    return ", got x " + to_string(x.shape()) + ", w " + to_string(w.shape());
  };
  if (groups < 1) {
    throw ValueError("conv2d: expects groups >= 1, got " + std::to_string(groups));
  }
  if (x.dim() != 4 || w.dim() != 4) {
    throw ShapeError("conv2d: expects x [N, C, H, W] and w [O, C/groups, kh, kw]" + got() +
                     "\n  hint: x.unsqueeze(0) makes a batch of one image");
  }
  const std::string in_groups = groups == 1 ? "" : " in " + std::to_string(groups) + " groups";
  if (x.size(1) != w.size(1) * groups) {
    throw ShapeError("conv2d: expects x with " + std::to_string(w.size(1) * groups) + " channels" +
                     in_groups + got());
  }
  if (w.size(0) % groups != 0) {
    throw ShapeError("conv2d: expects as many kernels for each group" + in_groups + got());
  }
  if (b.defined() && b.shape() != Shape{w.size(0)}) {
    throw ShapeError("conv2d: expects a bias [" + std::to_string(w.size(0)) +
                     "], one number for each kernel, got " + to_string(b.shape()));
  }
}

}  // namespace detail

/// Cross-correlation of images with kernels, which is what the field calls convolution.
///
/// Examples    [[1, 2, 3], [4, 5, 6], [7, 8, 9]] with [[1, 0], [0, -1]] -> [[-4, -4], [-4, -4]]
/// Background  A mathematician's convolution would turn the kernel by 180 degrees. A kernel that is
///             learned does not care.
/// In PyTorch  torch.nn.functional.conv2d, with one number for both axes
inline Tensor conv2d(const Tensor& x, const Tensor& w, const Tensor& b = {},
                     const Conv2dOptions& options = {}) {
  detail::check_conv2d(x, w, b, options.groups);
  const Tensor y = apply(Convolution(options), {x, w});  // [N, O, OH, OW]
  return b.defined() ? y + b.reshape({-1, 1, 1}) : y;
}

}  // namespace tinytorch
