// 03_autograd / vjp_math.hpp: every elementwise rule against finite differences, in doubles.
//
// gradcheck moves each number of each input up and down and looks what comes out; it knows nothing of rules. Its
// answer is empty where everything agrees.
#include <string>

#include <tinytorch/autograd.hpp>
#include "gradients.hpp"
#include "tensor_close.hpp"

using namespace tinytorch;
using namespace tt_test;

namespace {

/// Numbers in [0.5, 1.5): no logarithm of 0, no division by 0.
Tensor positive(const Shape& shape, Rng& rng) { return rand(shape, rng) + 0.5; }

using Pair = std::vector<Tensor>;

/// Pairs of shapes that broadcast in different ways.
std::vector<Pair> pairs(Rng& rng) {
  std::vector<Pair> made;
  const std::vector<std::pair<Shape, Shape>> shapes = {
      {{2, 3}, {2, 3}}, {{2, 3}, {3}},       {{2, 1}, {1, 3}}, {{}, {2, 2}},
      {{2, 2}, {}},     {{3, 1, 2}, {2, 1}}, {{}, {}}};
  for (const auto& [a, b] : shapes) made.push_back({positive(a, rng), positive(b, rng) * 1.7});
  return made;
}

void check_pairs(std::uint64_t seed, TensorFunction f) {
  Rng rng(seed);
  for (const Pair& pair : pairs(rng)) {
    CAPTURE(pair[0].shape(), pair[1].shape());
    CHECK_GRADIENTS(f, pair);
  }
}

}  // namespace

TEST_CASE("gradients: add and sub in all ways of broadcasting", "[03.6][03.5][gradient]") {
  check_pairs(36, [](const Tensor& x, const Tensor& y) { return x + y; });
  check_pairs(36, [](const Tensor& x, const Tensor& y) { return x - y; });
}

TEST_CASE("gradients: mul in all ways of broadcasting", "[03.7][03.5][gradient]") {
  check_pairs(37, [](const Tensor& x, const Tensor& y) { return x * y; });
  check_pairs(37, [](const Tensor& x, const Tensor& y) { return x * y * x + y * 3; });
}

TEST_CASE("gradients: div in all ways of broadcasting", "[03.8][03.5][gradient]") {
  check_pairs(38, [](const Tensor& x, const Tensor& y) { return x / y; });
  check_pairs(38, [](const Tensor& x, const Tensor& y) { return 2 / x - y / 4; });
}

TEST_CASE("gradients: exp", "[03.9][gradient]") {
  Rng rng(39);
  const Tensor x = randn({2, 3}, rng);
  CHECK_GRADIENTS([](const Tensor& t) { return exp(t); }, {x});
  CHECK_GRADIENTS([](const Tensor& t) { return exp(exp(t) * -1); }, {x});
}

TEST_CASE("gradients: log", "[03.10][gradient]") {
  Rng rng(310);
  const Tensor x = positive({2, 3}, rng);
  CHECK_GRADIENTS([](const Tensor& t) { return log(t); }, {x});
  CHECK_GRADIENTS([](const Tensor& t) { return log(t + 1) * t; }, {x});
}

TEST_CASE("gradients: sqrt and neg and abs", "[03.3][gradient]") {
  Rng rng(311);
  const Tensor x = positive({2, 3}, rng), y = tensor({-2, 0.5, 3, -0.25});
  CHECK_GRADIENTS([](const Tensor& t) { return sqrt(t); }, {x});
  CHECK_GRADIENTS([](const Tensor& t) { return -t; }, {x});
  CHECK_GRADIENTS([](const Tensor& t) { return abs(t); }, {y});
}

TEST_CASE("gradients: tanh", "[03.11][gradient]") {
  Rng rng(312);
  const Tensor x = randn({2, 3}, rng);
  CHECK_GRADIENTS([](const Tensor& t) { return tanh(t); }, {x});
  CHECK_GRADIENTS([](const Tensor& t) { return tanh(t * 2) * t; }, {x});
}

TEST_CASE("gradients: pow with whole and broken and negative exponents", "[03.12][gradient]") {
  Rng rng(313);
  const Tensor x = positive({5}, rng), signs = tensor({-1.5, 0.25, 2});
  for (const real exponent : {3.0, 1.0, 0.5, -1.0, -2.5, 0.0}) {
    CAPTURE(exponent);
    CHECK_GRADIENTS([&](const Tensor& t) { return pow(t, exponent); }, {x});
  }
  CHECK_GRADIENTS([](const Tensor& t) { return pow(t, 2); }, {signs});
  CHECK_GRADIENTS([](const Tensor& t) { return pow(t, 3); }, {signs});
}

TEST_CASE("gradients: maximum and minimum away from ties", "[03.13][gradient]") {
  check_pairs(314, [](const Tensor& x, const Tensor& y) { return maximum(x, y); });
  check_pairs(314, [](const Tensor& x, const Tensor& y) { return minimum(x * x, y); });
}

TEST_CASE("gradients: where chooses for both sides in all ways of broadcasting",
          "[03.14][gradient]") {
  const Tensor mask = tensor({1, 0, 0, 1}, {2, 2}), column = tensor({0, 1}, {2, 1});
  Rng rng(315);
  const Tensor x = randn({2, 2}, rng), row = randn({2}, rng), one = randn({}, rng);
  const auto choose = [](const Tensor& condition) {
    return [condition](const Tensor& a, const Tensor& b) { return where(condition, a, b); };
  };
  CHECK_GRADIENTS(choose(mask), {x, row});
  CHECK_GRADIENTS(choose(column), {row, x});
  CHECK_GRADIENTS(choose(column), {one, row});
  CHECK_GRADIENTS(choose(mask), {one, one});
}

TEST_CASE("gradients: where keeps a logarithm of 0 out", "[03.14][gradient]") {
  // Safe on the side of the numbers; the gradient must be safe, too: 1/x of the guarded input, and 0 elsewhere.
  const Tensor x = tensor({0, 2, -1, 0.5});
  const auto guarded = [](const Tensor& t) {
    const Tensor inside = gt(t, scalar(0));
    return where(inside, log(where(inside, t, scalar(1))), scalar(-10));
  };
  Tensor leaf = x.clone();
  leaf.set_requires_grad(true);
  CHECK_TENSOR(grad(sum(guarded(leaf)), {leaf})[0], values({0, 0.5, 0, 2}, {4}));
  CHECK_GRADIENTS(guarded, {tensor({3, 2, -1, 0.5})});
}

TEST_CASE("gradients: of the gradients of every elementwise operation", "[03.3][03.7][gradient]") {
  Rng rng(316);
  const Tensor x = positive({2, 2}, rng), y = positive({2}, rng);
  // The function checked is itself a gradient, made with create_graph: its rules are checked one level up.
  const auto second = [](auto f) {
    return [f](const Tensor& a, const Tensor& b) {
      const GradMode recording(true);  // gradcheck switches it off for its differences
      const std::vector<Tensor> first = grad(sum(f(a, b)), {a, b}, true);
      return cat({first[0].reshape({-1}), first[1].reshape({-1})});
    };
  };
  CHECK_GRADIENTS(second([](const Tensor& a, const Tensor& b) { return a * b * a; }), {x, y});
  CHECK_GRADIENTS(second([](const Tensor& a, const Tensor& b) { return a / b; }), {x, y});
  CHECK_GRADIENTS(second([](const Tensor& a, const Tensor& b) { return exp(a * b); }), {x, y});
  CHECK_GRADIENTS(second([](const Tensor& a, const Tensor& b) { return log(a + b); }), {x, y});
  CHECK_GRADIENTS(second([](const Tensor& a, const Tensor& b) { return tanh(a - b) * a; }), {x, y});
  CHECK_GRADIENTS(second([](const Tensor& a, const Tensor& b) { return pow(a, 3) * sqrt(b); }),
                  {x, y});
  CHECK_GRADIENTS(
      second([](const Tensor& a, const Tensor& b) { return maximum(a * a, b * b * 2); }), {x, y});
  CHECK_GRADIENTS(second([](const Tensor& a, const Tensor& b) {
                    return where(gt(a, b), a * a * b, exp(-b) * abs(a));
                  }),
                  {x, y});
}

TEST_CASE("gradients: second derivatives worked by hand", "[03.11][03.12][gradient]") {
  Tensor x = scalar(0.5);
  x.set_requires_grad(true);
  const Tensor cube = grad(x * x * x, {x}, true)[0];
  CHECK_TENSOR(cube, values({0.75}, {}));  // 3 x^2
  const Tensor slope = grad(cube, {x}, true)[0];
  CHECK_TENSOR(slope, values({3}, {}));  // 6 x
  CHECK_TENSOR(grad(slope, {x})[0], values({6}, {}));
  CHECK_TENSOR(grad(grad(pow(x, 3), {x}, true)[0], {x})[0], values({3}, {}));
  // tanh'' = -2 tanh (1 - tanh^2), at 0.5: tanh = 0.46211716, so -0.92423431 * 0.78644773
  CHECK_TENSOR(grad(grad(tanh(x), {x}, true)[0], {x})[0], values({-0.726861981}, {}));
  tanh(x).backward({.create_graph = true});
  CHECK(x.grad().requires_grad());  // so that it can be differentiated again
  CHECK_TENSOR(x.grad(), values({0.786447733}, {}));
  x.zero_grad();  // x.grad() has a graph that leads back to x: only this cuts the circle
}
