// Observations of module 09: windows that slide over images, pools, batch normalisation.
#include <tinytorch/convolutions.hpp>

#include "models.hpp"
#include "observe.hpp"
#include "tensors.hpp"

using namespace tinytorch;
using observe::any_tensor;
using observe::learned;
using observe::random_tensor;
using observe::see;
using observe::see_error;
using observe::see_second_gradients;
using observe::see_with_gradients;

namespace {

/// Images, and a window that fits into them.
struct Sliding {
  Shape images;
  Size2d kernel;
  UnfoldOptions how;

  Windows windows() const { return Windows(images, kernel, how, "observe"); }
};

/// The size of an axis in which a window of `kernel` taps has a few places.
Index room_for(observe::Case& c, Index kernel, const UnfoldOptions& how) {
  const Index least = how.dilation * (kernel - 1) + 1 - 2 * how.padding;
  return std::max<Index>(least, 1) + c.whole(0, 4);
}

Sliding sliding(observe::Case& c, Index channels) {
  const UnfoldOptions how{
      .stride = c.whole(1, 3), .padding = c.whole(0, 2), .dilation = c.whole(1, 2)};
  const Size2d kernel{c.whole(1, 3), c.whole(1, 3)};
  const Index images = c.whole(1, 2), height = room_for(c, kernel.height, how);
  return {{images, channels, height, room_for(c, kernel.width, how)}, kernel, how};
}
Sliding sliding(observe::Case& c) { return sliding(c, c.whole(1, 3)); }

/// Images, kernels and a bias that fit together, all to be learned.
struct Convolved {
  Conv2dOptions options;
  Tensor x, w, b;
};

Convolved convolved(observe::Case& c) {
  const Index groups = c.whole(1, 2), each = c.whole(1, 2), out = groups * c.whole(1, 2);
  const Sliding s = sliding(c, groups * each);
  const Conv2dOptions options{s.how.stride, s.how.padding, s.how.dilation, groups};
  return {options, learned(any_tensor(c, s.images)),
          learned(any_tensor(c, {out, each, s.kernel.height, s.kernel.width})),
          learned(any_tensor(c, {out}))};
}

/// A pool's kernel, stride and padding, and images of few different numbers, or of any.
struct Pooled {
  Tensor x;
  Index kernel, stride, padding;

  Windows windows() const {
    return Windows(x.shape(), {kernel, kernel}, {stride, padding}, "observe");
  }
};

Pooled pooled(observe::Case& c, const std::vector<double>& numbers = {}) {
  const Index kernel = c.whole(1, 3), stride = c.whole(1, 3), padding = c.whole(0, kernel / 2);
  const Shape shape = {c.whole(1, 2), c.whole(1, 3), kernel + c.whole(0, 4),
                       kernel + c.whole(0, 4)};
  std::vector<double> values(observe::count_of(shape));
  for (double& value : values) {
    const Index last = static_cast<Index>(numbers.size()) - 1;
    value = numbers.empty() ? c.number() : numbers[static_cast<std::size_t>(c.whole(0, last))];
  }
  const Tensor x = observe::tensor_of(values, shape);
  return {c.coin() ? observe::hidden_in_view(c, x) : x, kernel, stride, padding};
}

/// Bytes above what was live before, at the highest point of one convolution.
Index peak_of_conv2d(const Tensor& x, const Tensor& w) {
  const auto before = memory::stats().live_bytes;
  memory::reset_peak();
  const Tensor y = conv2d(x, w);
  return static_cast<Index>(memory::stats().peak_bytes - before);
}

}  // namespace

OBSERVE("09.1", "output_size of any window") {
  const Index kernel = c.whole(1, 6), padding = c.whole(0, 3), dilation = c.whole(1, 3);
  const Index least = std::max<Index>(dilation * (kernel - 1) + 1 - 2 * padding, 0);
  for (Index more = 0; more < 6; ++more)
    see(c, output_size(least + more, kernel, c.whole(1, 4), padding, dilation));
}

OBSERVE("09.1", "windows that are too long, and sizes that make no sense") {
  const Index kernel = c.whole(2, 6), padding = c.whole(0, 1), dilation = c.whole(1, 3);
  const Index least = dilation * (kernel - 1) + 1 - 2 * padding;
  see_error(c, [&] {
    (void)output_size(least - c.whole(1, 3), kernel, c.whole(1, 5), padding, dilation);
  });
  see_error(c, [&] { (void)output_size(9, -c.whole(0, 2)); });
  see_error(c, [&] { (void)output_size(9, kernel, -c.whole(0, 2)); });
  see_error(c, [&] { (void)output_size(9, kernel, 1, -c.whole(1, 2)); });
  see_error(c, [&] { (void)output_size(9, kernel, 1, 0, -c.whole(0, 2)); });
}

OBSERVE("09.2", "positions_inside: where a tap reads the image") {
  for (int i = 0; i < 8; ++i) {
    const Index in = c.whole(1, 9), out = c.whole(1, 9), stride = c.whole(1, 3);
    const Span inside = positions_inside(in, out, stride, c.whole(-6, 9));
    const bool none = inside.end <= inside.begin;  // then it does not matter where
    see(c, none ? Shape{} : Shape{inside.begin, inside.end});
  }
}

OBSERVE("09.3", "for_each_run: which entry is which pixel") {
  const Sliding s = sliding(c);
  std::vector<Index> pairs;
  std::vector<std::pair<Index, Index>> read;  // in whatever order they are visited
  s.windows().for_each_run([&](Index pixel, Index entry, Index count) {
    for (Index i = 0; i < count; ++i) read.emplace_back(entry + i, pixel + i * s.how.stride);
  });
  std::sort(read.begin(), read.end());
  for (const auto& [entry, pixel] : read) {
    pairs.push_back(entry);
    pairs.push_back(pixel);
  }
  see(c, pairs);
}

OBSERVE("09.4", "unfold of any images") {
  Sliding s = sliding(c);
  if (c.repetition() == 0) s.images[0] = 0;
  see(c, unfold(any_tensor(c, s.images), s.kernel, s.how));
}

OBSERVE("09.5", "fold of any columns") {
  const Sliding s = sliding(c);
  const Tensor columns = any_tensor(c, s.windows().column_shape());
  see(c, fold(columns, s.windows().image, s.kernel, s.how));
}

OBSERVE("09.6", "the gradient of unfold, and its gradient") {
  const Sliding s = sliding(c);
  const Tensor x = learned(any_tensor(c, s.images));
  see_with_gradients(c, unfold(x, s.kernel, s.how), {x});
  see_second_gradients(c, unfold(x, s.kernel, s.how), {x});
}

OBSERVE("09.7", "FLOPs of conv2d") {
  const Convolved n = convolved(c);
  const FlopCounter counter;
  (void)conv2d(n.x, n.w, n.b, n.options);
  see(c, counter.of("conv2d"));
}

OBSERVE("09.8", "conv2d of any images, strides, paddings, dilations and groups") {
  const Convolved n = convolved(c);
  see(c, conv2d(n.x, n.w, c.coin() ? n.b : Tensor(), n.options));
}

OBSERVE("09.8", "what more images need at the peak of conv2d") {
  const Index channels = c.whole(1, 3), size = c.whole(4, 7);
  const Tensor w = random_tensor(c, {c.whole(1, 3), channels, 3, 3});
  const Tensor one = random_tensor(c, {1, channels, size, size});
  const Tensor many = random_tensor(c, {c.whole(3, 6), channels, size, size});
  see(c, conv2d(many, w));
  see(c, peak_of_conv2d(many, w) - peak_of_conv2d(one, w));
}

OBSERVE("09.9", "the gradients of conv2d") {
  const Convolved n = convolved(c);
  see_with_gradients(c, conv2d(n.x, n.w, n.b, n.options), {n.x, n.w, n.b});
}

OBSERVE("09.9", "the gradients of conv2d's gradients") {
  const Convolved n = convolved(c);
  see_second_gradients(c, conv2d(n.x, n.w, n.b, n.options), {n.x, n.w});
}

OBSERVE("09.9", "what backward costs if one of the two is fixed") {
  for (const bool learns_x : {true, false}) {
    Convolved n = convolved(c);
    n.x.set_requires_grad(learns_x);
    n.w.set_requires_grad(!learns_x);
    const Tensor y = sum(conv2d(n.x, n.w, Tensor(), n.options));
    const FlopCounter counter;
    y.backward();
    see(c, counter.of("matmul"));
    see(c, (learns_x ? n.x : n.w).grad());
  }
}

OBSERVE("09.10", "window_winners: ties, infinities, NaN and padding") {
  const double inf = std::numeric_limits<double>::infinity();
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const bool any_nan = c.coin();
  const Pooled p = pooled(c, {-1, 0, 1, 2, -inf, any_nan ? nan : -inf});
  see(c, window_winners(p.x, p.windows()));
}

OBSERVE("09.10", "max_pool2d of any images") {
  const Pooled p = pooled(c);
  see(c, max_pool2d(p.x, p.kernel, {.stride = p.stride, .padding = p.padding}));
  see(c, max_pool2d(p.x, p.kernel));
}

OBSERVE("09.11", "numbers put back where they were picked") {
  const Shape whole = c.shape(1, 4), part = c.shape(1, 4);
  const Index last = static_cast<Index>(observe::count_of(whole)) - 1;
  const Tensor numbers = any_tensor(c, part);
  see(c, apply(PutBack(c.labels(part, 0, last), whole), {numbers}));
}

OBSERVE("09.11", "the gradient of max_pool2d where windows overlap") {
  const Pooled p = pooled(c);
  const Tensor x = learned(p.x);
  see_with_gradients(c, max_pool2d(x, p.kernel, {.stride = 1, .padding = p.padding}), {x});
  see_second_gradients(c, max_pool2d(x, p.kernel, {.stride = 1, .padding = p.padding}), {x});
}

OBSERVE("09.12", "avg_pool2d and its gradient") {
  const Pooled p = pooled(c);
  const Tensor x = learned(p.x);
  const AvgPool2dOptions how{.stride = c.whole(0, 3), .padding = p.padding};
  see_with_gradients(c, avg_pool2d(x, p.kernel, how), {x});
}

OBSERVE("09.13", "normalize_channels, and its gradients") {
  const Index channels = c.whole(1, 4), width = c.coin() ? channels : c.whole(1, 4);
  const Tensor x = learned(any_tensor(c, {c.whole(1, 3), channels, c.whole(1, 3), width}));
  const Tensor mean = learned(any_tensor(c, {channels}));
  const Tensor var = learned(any_tensor(c, {channels}, 0.1, 3));
  const Tensor weight = learned(any_tensor(c, {channels}));
  const Tensor bias = learned(any_tensor(c, {channels}));
  const double eps = c.number(0.01, 0.5);
  see_with_gradients(c, normalize_channels(x, mean, var, weight, bias, eps),
                     {x, mean, var, weight, bias});
}

OBSERVE("09.14", "update_running: what the layer keeps moves") {
  const Index channels = c.whole(1, 4);
  const Tensor running_mean = random_tensor(c, {channels});
  const Tensor running_var = random_tensor(c, {channels}, 0.1, 3);
  for (int step = 0; step < 3; ++step) {
    const Tensor mean = any_tensor(c, {channels}), var = any_tensor(c, {channels}, 0.1, 3);
    update_running(running_mean, running_var, mean, var, c.whole(2, 9), c.number(0.05, 0.9));
    see(c, running_mean);
    see(c, running_var);
  }
}

OBSERVE("09", "a small network in training and after it") {
  Rng rng(c.bits());
  const Index channels = c.whole(1, 2);
  const Sequential net(Conv2d(channels, 4, 3, rng, {.padding = 1, .groups = channels}),
                       BatchNorm2d(4, {.momentum = c.number(0.1, 0.5)}), ReLU(),
                       MaxPool2d(3, {.stride = 2, .padding = 1}), AvgPool2d(2), Flatten());
  observe::randomize(c, net);
  const Tensor x = learned(random_tensor(c, {2, channels, 6, 6}));
  std::vector<Tensor> all = net.parameters();
  all.push_back(x);
  see_with_gradients(c, net(x), all);
  for (const auto& [name, buffer] : net.named_buffers()) {
    see(c, name);
    see(c, buffer);
  }
  net.eval();
  see(c, net(x));
}

OBSERVE("09", "what does not fit together") {
  const Index channels = c.whole(2, 4);
  const Tensor x = random_tensor(c, {1, channels, 5, 5}), w = random_tensor(c, {4, channels, 3, 3});
  see(c, conv2d(x, w));
  see_error(c, [&] { (void)conv2d(x, random_tensor(c, {4, channels + 1, 3, 3})); });
  see_error(c, [&] { (void)conv2d(x, w, random_tensor(c, {3})); });
  see_error(c, [&] { (void)conv2d(x, random_tensor(c, {4, channels, c.whole(6, 8), 3})); });
  see_error(c, [&] { (void)conv2d(x, w, Tensor(), {.stride = 0}); });
  see_error(c, [&] { (void)max_pool2d(x, 2, {.padding = 2}); });
  see_error(c, [&] { (void)avg_pool2d(x, c.whole(6, 9)); });
  see_error(c, [&] { (void)unfold(x.select(0, 0), {2, 2}); });
}
