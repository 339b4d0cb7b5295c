// What must hold of images of any size and kernels of any kind, against plain loops: tests/support/slow.hpp.
#include <tinytorch/convolutions.hpp>

#include "apart.hpp"
#include "seeds.hpp"
#include "slow.hpp"

using namespace tinytorch;
using namespace tt_test;

namespace {

/// The definition, number by number.
Values convolve(const Values& x, const Values& w, const Conv2dOptions& o) {
  const auto places = [&](Index in, Index kernel) {
    return (in + 2 * o.padding - o.dilation * (kernel - 1) - 1) / o.stride + 1;
  };
  const Index per_group = w.shape[0] / o.groups;
  Values out = slow::filled(
      {x.shape[0], w.shape[0], places(x.shape[2], w.shape[2]), places(x.shape[3], w.shape[3])}, 0);
  for (const Shape& i : all_indices(out.shape)) {
    for (const Shape& k : all_indices({w.shape[1], w.shape[2], w.shape[3]})) {
      const Index y = i[2] * o.stride + k[1] * o.dilation - o.padding;
      const Index z = i[3] * o.stride + k[2] * o.dilation - o.padding;
      if (y < 0 || y >= x.shape[2] || z < 0 || z >= x.shape[3]) continue;
      const Index channel = i[1] / per_group * w.shape[1] + k[0];
      slow::at(out, i) +=
          slow::at(x, {i[0], channel, y, z}) * slow::at(w, {i[1], k[0], k[1], k[2]});
    }
  }
  return out;
}

struct Drawn {
  Values x, w;
  Conv2dOptions options;
};

Drawn drawn(Random& random) {
  Drawn d;
  Conv2dOptions& o = d.options;
  o = {.stride = random.between(1, 3),
       .padding = random.between(0, 2),
       .dilation = random.between(1, 2),
       .groups = random.between(1, 2)};
  const Index in = random.between(1, 2), out = random.between(1, 2);
  const Index kh = random.between(1, 3), kw = random.between(1, 3);
  const Index height = o.dilation * (kh - 1) + random.between(1, 4);
  const Index width = o.dilation * (kw - 1) + random.between(1, 4);
  d.x = slow::random_values(random, {random.between(1, 2), in * o.groups, height, width});
  d.w = slow::random_values(random, {out * o.groups, in, kh, kw});
  return d;
}

}  // namespace

TEST_CASE("properties of 09: conv2d is its definition", "[09][property]") {
  for_each_seed(60, [](Random& random) {
    const Drawn d = drawn(random);
    CHECK_TENSOR(conv2d(slow::somewhere(d.x, random), slow::somewhere(d.w, random), {}, d.options),
                 convolve(d.x, d.w, d.options));
  });
}

TEST_CASE("properties of 09: conv2d is linear, and its gradients are its transpose",
          "[09][property]") {
  for_each_seed(30, [](Random& random) {
    const Drawn d = drawn(random);
    const Tensor x = slow::somewhere(d.x, random).set_requires_grad(true);
    const Tensor w = slow::somewhere(d.w, random).set_requires_grad(true);
    const Tensor y = conv2d(x, w, {}, d.options);
    const Tensor g = slow::random_tensor(random, y.shape());
    sum(y * g).backward();
    // <conv(x, w), g> is linear in x and in w: Euler says how much each gradient holds of it.
    const double whole = double(sum(y * g).item());
    const Values expected{{whole}, {}};
    CHECK_TENSOR_NEAR(sum(x.grad() * x.detach()), expected, 1e-4);
    CHECK_TENSOR_NEAR(sum(w.grad() * w.detach()), expected, 1e-4);
  });
}

TEST_CASE("properties of 09: a shifted image gives a shifted result", "[09][property]") {
  for_each_seed(30, [](Random& random) {
    const Tensor w = slow::random_tensor(random, {2, 1, 3, 3});
    const Tensor x = slow::random_tensor(random, {1, 1, 7, 8});
    const Index down = random.between(0, 3), right = random.between(0, 3);
    const Values all = read(conv2d(x, w));  // [1, 2, 5, 6]
    const Values moved =
        slow::slice(slow::slice(all, 2, down, 5 - down, 1), 3, right, 6 - right, 1);
    CHECK_TENSOR(conv2d(x.slice(2, down, 7).slice(3, right, 8), w), moved);
  });
}

TEST_CASE("properties of 09: images of a batch do not see each other", "[09][property]") {
  for_each_seed(10, [](Random& random) {
    Rng rng(5);
    const Sequential model(Conv2d(2, 4, 3, rng, {.padding = 1, .groups = 2}), BatchNorm2d(4),
                           MaxPool2d(2), AvgPool2d(2));
    const Tensor x = slow::random_tensor(random, {3, 2, 5, 6});
    (void)model(x);  // fills the running numbers
    model.eval();
    check_apart([&](const Tensor& images) { return model(images); }, x);
  });
}

TEST_CASE("properties of 09: pools of any windows", "[09][property]") {
  for_each_seed(40, [](Random& random) {
    const Index kernel = random.between(1, 3), stride = random.between(1, 3);
    const Index padding = random.between(0, kernel / 2);
    const Values v =
        slow::random_values(random, {2, 2, random.between(3, 6), random.between(3, 6)});
    const Tensor x = slow::somewhere(v, random);
    const Values ones = slow::filled({2, 1, kernel, kernel}, 1.0 / double(kernel * kernel));
    const Conv2dOptions windows = {.stride = stride, .padding = padding, .groups = 2};
    CHECK_TENSOR(avg_pool2d(x, kernel, {.stride = stride, .padding = padding}),
                 convolve(v, ones, windows));
    const Tensor most = max_pool2d(x, kernel, {.stride = stride, .padding = padding});
    Values expected = slow::filled(most.shape(), -9);
    for (const Shape& i : all_indices(most.shape())) {
      for (const Shape& k : all_indices({kernel, kernel})) {
        const Index y = i[2] * stride + k[0] - padding, z = i[3] * stride + k[1] - padding;
        if (y < 0 || y >= v.shape[2] || z < 0 || z >= v.shape[3]) continue;
        double& best = slow::at(expected, i);
        best = std::max(best, slow::at(v, {i[0], i[1], y, z}));
      }
    }
    CHECK_TENSOR(most, expected);
  });
}
