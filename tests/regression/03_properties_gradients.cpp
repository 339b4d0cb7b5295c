// What must hold of the gradients of any expression, in double.
#include <tinytorch/autograd.hpp>

#include "seeds.hpp"
#include "slow.hpp"

using namespace tinytorch;
using namespace tt_test;

namespace {

/// A scalar made of both leaves by random operations that have slopes everywhere. `draw` decides which.
Tensor expression(const Tensor& a, const Tensor& b, std::uint64_t draw) {
  Random random(draw);
  std::vector<Tensor> made = {a, b};
  for (int i = 0; i < 8; ++i) {
    const Tensor x = made[static_cast<std::size_t>(random.below(Index(made.size())))];
    const Tensor y = made[static_cast<std::size_t>(random.below(Index(made.size())))];
    switch (random.below(8)) {
      case 0: made.push_back(x + y); break;
      case 1: made.push_back(x * y); break;
      case 2: made.push_back(tanh(x) - y * 0.5); break;
      case 3: made.push_back(x / (y * y + 1)); break;
      case 4: made.push_back(matmul(x, y.transpose(0, 1)).slice(1, 0, 1) * y); break;
      case 5: made.push_back(mean(x, 0, true) + y); break;
      case 6: made.push_back(cat({x.slice(0, 1, 3), y.slice(0, 0, 1)}, 0)); break;
      default: made.push_back(exp(tanh(x)).transpose(0, 1).reshape(y.shape()) * y);
    }
  }
  return sum(made.back() * made[made.size() / 2]);
}

struct Leaves {
  Tensor a, b;
  std::uint64_t draw, other;
};

Leaves leaves(Random& random) {
  const auto leaf = [&] {
    return slow::random_tensor(random, {3, 4}).clone().set_requires_grad(true);
  };
  return {leaf(), leaf(), std::uint64_t(random.below(1 << 20)),
          std::uint64_t(random.below(1 << 20))};
}

std::vector<Tensor> gradients(const Tensor& loss, const Leaves& l) {
  std::vector<Tensor> found;
  for (const Tensor& leaf : {l.a, l.b}) Tensor(leaf).zero_grad();
  loss.backward();
  for (const Tensor& leaf : {l.a, l.b}) {
    found.push_back(leaf.grad().defined() ? leaf.grad().clone() : zeros_like(leaf));
  }
  return found;
}

}  // namespace

TEST_CASE("properties of 03: backward is linear in the loss", "[03][property]") {
  for_each_seed(40, [](Random& random) {
    const Leaves l = leaves(random);
    const auto f = [&] { return expression(l.a, l.b, l.draw); };
    const auto g = [&] { return expression(l.a, l.b, l.other); };
    const auto df = gradients(f(), l), dg = gradients(g(), l);
    const auto both = gradients(f() * 2 - g() * 0.75, l);
    for (std::size_t i = 0; i < 2; ++i) {
      CHECK_TENSOR_NEAR(both[i], df[i] * 2 - dg[i] * 0.75, 1e-9);
    }
  });
}

TEST_CASE("properties of 03: gradients of two losses add up", "[03][property]") {
  for_each_seed(40, [](Random& random) {
    const Leaves l = leaves(random);
    const auto df = gradients(expression(l.a, l.b, l.draw), l);
    const auto dg = gradients(expression(l.a, l.b, l.other), l);
    for (const Tensor& leaf : {l.a, l.b}) Tensor(leaf).zero_grad();
    expression(l.a, l.b, l.draw).backward();
    expression(l.a, l.b, l.other).backward();
    std::size_t i = 0;
    for (const Tensor& leaf : {l.a, l.b}) {
      const Tensor found = leaf.grad().defined() ? leaf.grad() : zeros_like(leaf);
      CHECK_TENSOR_NEAR(found, df[i] + dg[i], 1e-9);
      ++i;
    }
  });
}

TEST_CASE("properties of 03: the slope in a direction is what the loss does there",
          "[03][property]") {
  for_each_seed(40, [](Random& random) {
    const Leaves l = leaves(random);
    const auto found = gradients(expression(l.a, l.b, l.draw), l);
    const Tensor da = slow::random_tensor(random, {3, 4}), db = slow::random_tensor(random, {3, 4});
    const double h = 1e-5;
    const NoGrad no_grad;
    const double up = expression(l.a + da * h, l.b + db * h, l.draw).item();
    const double down = expression(l.a - da * h, l.b - db * h, l.draw).item();
    const double slope = (sum(found[0] * da) + sum(found[1] * db)).item();
    CHECK_TENSOR_NEAR(scalar((up - down) / (2 * h)), values({slope}, {}), 1e-6);
  });
}

TEST_CASE("properties of 03: the same expression gives the same bits", "[03][property]") {
  for_each_seed(20, [](Random& random) {
    const Leaves l = leaves(random);
    const auto once = gradients(expression(l.a, l.b, l.draw), l);
    const auto again = gradients(expression(l.a, l.b, l.draw), l);
    for (std::size_t i = 0; i < 2; ++i) CHECK_TENSOR_NEAR(again[i], read(once[i]), 0);
  });
}

TEST_CASE("properties of 03: each number of views of views gives back to where it came from",
          "[03][property]") {
  for_each_seed(60, [](Random& random) {
    const Shape shape = random.shape(2, 4);
    Values numbered = slow::filled(shape, 0);
    for (std::size_t i = 0; i < numbered.numbers.size(); ++i) numbered.numbers[i] = double(i);
    const Tensor base = slow::somewhere(numbered, random).set_requires_grad(true);
    const Index axis = random.below(base.dim());
    Tensor t = base.permute(random.order(base.dim())).unsqueeze(0);
    Shape twice = t.shape();
    twice[0] = random.between(1, 3);
    t = t.expand(twice);
    t = t.slice(axis, random.below(t.size(axis)), t.size(axis));
    if (random.coin()) t = t.reshape({t.numel()});
    const Tensor w = slow::random_tensor(random, t.shape());
    sum(t * w).backward();
    Values expected = slow::filled(shape, 0);  // the numbers of t say where they stood
    const Values places = read(t), share = read(w);
    for (std::size_t i = 0; i < places.numbers.size(); ++i) {
      expected.numbers[static_cast<std::size_t>(places.numbers[i])] += share.numbers[i];
    }
    CHECK_TENSOR_NEAR(base.grad(), expected, 1e-12);
  });
}
