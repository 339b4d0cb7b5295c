// 03_autograd / vjp_shape.hpp: views, reductions, cat and matmul against finite differences, in doubles.
#include <string>

#include <tinytorch/autograd.hpp>
#include "gradients.hpp"
#include "tensor_close.hpp"

using namespace tinytorch;
using namespace tt_test;

namespace {

Tensor random(const Shape& shape, std::uint64_t seed = 1) {
  Rng rng(seed);
  return randn(shape, rng);
}

}  // namespace

TEST_CASE("gradients: permute and transpose", "[03.15][gradient]") {
  const Tensor x = random({2, 3, 2});
  CHECK_GRADIENTS([](const Tensor& t) { return t.permute({2, 0, 1}) * t.permute({2, 0, 1}); }, {x});
  CHECK_GRADIENTS([](const Tensor& t) { return t.transpose(0, -1); }, {x});
}

TEST_CASE("gradients: slices and selects of views", "[03.16][gradient]") {
  const Tensor x = random({4, 5});
  CHECK_GRADIENTS([](const Tensor& t) { return t.slice(1, 1, 5, 3); }, {x});
  CHECK_GRADIENTS(
      [](const Tensor& t) { return t.transpose(0, 1).slice(0, 1, 4).slice(1, 0, 4, 2); }, {x});
  CHECK_GRADIENTS(
      [](const Tensor& t) {
        return t.select(1, -2) * t.slice(0, 2, 3).select(0, 0).slice(0, 0, 4);
      },
      {x});
}

TEST_CASE("gradients: expand", "[03.17][gradient]") {
  CHECK_GRADIENTS([](const Tensor& t) { return t.expand({2, 3, 2}); }, {random({3, 1})});
  CHECK_GRADIENTS([](const Tensor& t) { return exp(t.expand({4})); }, {random({})});
  CHECK_GRADIENTS(
      [](const Tensor& t) {
        return t.unsqueeze(0).expand({2, -1, 3}).reshape({-1});
      },
      {random({2, 3})});
}

TEST_CASE("gradients: reshape and squeeze and clone and detach", "[03.15][03.3][gradient]") {
  const Tensor x = random({2, 3});
  CHECK_GRADIENTS([](const Tensor& t) { return t.reshape({3, 2}); }, {x});
  CHECK_GRADIENTS([](const Tensor& t) { return t.transpose(0, 1).reshape({6}); }, {x});
  CHECK_GRADIENTS([](const Tensor& t) { return t.unsqueeze(1).clone().squeeze(1).flatten(); }, {x});
  Tensor leaf = x.clone();
  leaf.set_requires_grad(true);
  const Tensor by_hand = grad(sum(leaf * leaf.detach()), {leaf})[0];  // d(x c)/dx is c
  CHECK_TENSOR(by_hand, read(x));
}

TEST_CASE("gradients: sum and mean and var over every set of axes", "[03.18][gradient]") {
  const Tensor x = random({2, 3, 2});
  for (const Shape& axes : {Shape{}, Shape{0}, Shape{1}, Shape{2}, Shape{0, 1}, Shape{0, 2},
                            Shape{1, 2}, Shape{-1, 0}, Shape{0, 1, 2}}) {
    for (const bool keepdim : {false, true}) {
      CAPTURE(axes, keepdim);
      CHECK_GRADIENTS([&](const Tensor& t) { return sum(t * t, axes, keepdim); }, {x});
      CHECK_GRADIENTS([&](const Tensor& t) { return mean(exp(t), axes, keepdim); }, {x});
      if (axes.size() > 0) {
        CHECK_GRADIENTS([&](const Tensor& t) { return var(t, axes, keepdim, 1); }, {x});
      }
    }
  }
}

TEST_CASE("gradients: max and min over every set of axes", "[03.19][gradient]") {
  const Tensor x = random({2, 3, 2});
  for (const Shape& axes :
       {Shape{0}, Shape{1}, Shape{2}, Shape{0, 1}, Shape{0, 2}, Shape{1, 2}, Shape{0, 1, 2}}) {
    for (const bool keepdim : {false, true}) {
      CAPTURE(axes, keepdim);
      CHECK_GRADIENTS([&](const Tensor& t) { return max(t, axes, keepdim); }, {x});
      CHECK_GRADIENTS(
          [&](const Tensor& t) {
            return min(t.permute({1, 0, 2}), axes, keepdim);
          },
          {x});
    }
  }
}

TEST_CASE("gradients: cat and stack", "[03.20][gradient]") {
  const Tensor x = random({2, 3}), y = random({2, 1}, 2), z = random({2, 3}, 3);
  const auto joined = [](const Tensor& a, const Tensor& b, const Tensor& c) {
    return cat({a, b, c}, 1);
  };
  CHECK_GRADIENTS(joined, {x, y, z});
  CHECK_GRADIENTS([](const Tensor& a, const Tensor& b) { return stack({a, b, a}, 1) * 2; }, {x, z});
  CHECK_GRADIENTS(
      [](const Tensor& a, const Tensor& b) {
        return cat({a.transpose(0, 1), b.transpose(0, 1)}, 0);
      },
      {x, y});
}

TEST_CASE("gradients: matmul of vectors and matrices and batches", "[03.21][gradient]") {
  const std::vector<std::pair<Shape, Shape>> shapes = {{{2, 3}, {3, 4}},
                                                       {{3}, {3}},
                                                       {{3}, {3, 2}},
                                                       {{2, 3}, {3}},
                                                       {{2, 2, 3}, {3, 2}},
                                                       {{2, 3}, {2, 3, 2}},
                                                       {{2, 1, 2}, {2, 2, 1}},
                                                       {{1, 2, 3}, {2, 3, 1}},
                                                       {{2, 1, 2, 3}, {3, 3, 1}},
                                                       {{2, 2, 3}, {3}}};
  for (const auto& [a, b] : shapes) {
    CAPTURE(a, b);
    CHECK_GRADIENTS([](const Tensor& x, const Tensor& y) { return matmul(x, y); },
                    {random(a), random(b, 2)});
  }
  const auto of_views = [](const Tensor& x, const Tensor& y) {
    return matmul(x.transpose(0, 1), y.slice(1, 1, 3).expand({2, 2, 2}));
  };
  CHECK_GRADIENTS(of_views, {random({2, 3}), random({2, 3}, 2)});
}

TEST_CASE("gradients: of the gradients of views and reductions and products",
          "[03.21][03.18][gradient]") {
  const auto second = [](auto f) {
    return [f](const Tensor& a, const Tensor& b) {
      const GradMode recording(true);  // gradcheck switches it off for its differences
      const std::vector<Tensor> first = grad(sum(f(a, b)), {a, b}, true);
      return cat({first[0].reshape({-1}), first[1].reshape({-1})});
    };
  };
  const Tensor x = random({2, 3}), y = random({3, 2}, 2);
  CHECK_GRADIENTS(second([](const Tensor& a, const Tensor& b) { return tanh(matmul(a, b)); }),
                  {x, y});
  CHECK_GRADIENTS(
      second([](const Tensor& a, const Tensor& b) { return exp(sum(a * b.transpose(0, 1), 1)); }),
      {x, y});
  CHECK_GRADIENTS(second([](const Tensor& a, const Tensor& b) { return var(a, 1) * mean(b * b); }),
                  {x, y});
  CHECK_GRADIENTS(
      second([](const Tensor& a, const Tensor& b) { return pow(max(a, 1), 2) * b.slice(0, 1, 3); }),
      {x, y});
  CHECK_GRADIENTS(
      second([](const Tensor& a, const Tensor& b) {
        return pow(cat({a.permute({1, 0}), b}, 1).select(1, 1) * b.expand({2, 3, 2}).select(2, 0),
                   3);
      }),
      {x, y});
}

TEST_CASE("gradients: a small network worked backwards as a whole", "[03.21][03.11][gradient]") {
  const auto network = [](const std::vector<Tensor>& p) {
    const Tensor hidden = tanh(matmul(p[0], p[1]) + p[2]);  // [4, 5]
    const Tensor logits = matmul(hidden, p[3]);             // [4, 3]
    const Tensor shifted = logits - max(logits, 1, true).detach();
    return mean(log(sum(exp(shifted), 1)) - shifted.select(1, 2));
  };
  CHECK_GRADIENTS(network, {random({4, 2}), random({2, 5}, 2), random({5}, 3), random({5, 3}, 4)});
}
