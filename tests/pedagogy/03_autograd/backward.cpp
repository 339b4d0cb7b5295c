// 03_autograd / engine.hpp: gradients on their way back, added up where ways meet, and left at the leaves.
//
// The operations here are made in this file, with rules of their own: 03.1 to 03.4 are enough.
#include <cmath>

#include <tinytorch/autograd.hpp>
#include "tensor_close.hpp"

using namespace tinytorch;
using namespace tt_test;

namespace {

int rules_run = 0;  // how often a rule of this file was asked

struct Times : Primitive {
  const char* name() const override { return "times"; }
  Saves saves() const override { return {.inputs = true, .output = false}; }
  Tensor forward(Inputs in) const override {
    return map_binary(in[0], in[1], "times", [](real x, real y) { return x * y; });
  }
};
Tensor times(const Tensor& x, const Tensor& y) { return apply(Times{}, {x, y}); }
Grads vjp(const Times&, Inputs in, const Tensor&, const Tensor& g) {
  ++rules_run;
  return {times(g, in[1]), times(g, in[0])};
}

struct Plus : Primitive {
  const char* name() const override { return "plus"; }
  Saves saves() const override { return {.inputs = false, .output = false}; }
  Tensor forward(Inputs in) const override {
    return map_binary(in[0], in[1], "plus", [](real x, real y) { return x + y; });
  }
};
Tensor plus(const Tensor& x, const Tensor& y) { return apply(Plus{}, {x, y}); }
Grads vjp(const Plus&, Inputs, const Tensor&, const Tensor& g) {
  ++rules_run;
  return {g, g};
}

/// Takes the first of two; the other one gets no gradient.
struct First : Plus {
  const char* name() const override { return "first"; }
};
Grads vjp(const First&, Inputs, const Tensor&, const Tensor& g) { return {g, Tensor()}; }

const bool rules_defined = define_rules<Times, Plus, First>();

Tensor leaf(const std::vector<real>& numbers) {
  Tensor t = tensor(numbers);
  t.set_requires_grad(true);
  return t;
}
Tensor leaf(real number) {
  Tensor t = scalar(number);
  t.set_requires_grad(true);
  return t;
}

}  // namespace

TEST_CASE("backward: a product and a sum worked by hand", "[03.3][03.4][core]") {
  REQUIRE(rules_defined);
  const Tensor a = leaf(2), b = leaf(3);
  const Tensor d = plus(times(a, b), a);  // 2 * 3 + 2
  CHECK(d.item() == 8);
  d.backward();
  CHECK(a.grad().item() == 4);  // b by way of the product, and 1 directly
  CHECK(b.grad().item() == 2);  // a
}

TEST_CASE("backward: a tensor used several times gets the sum", "[03.3][core]") {
  const Tensor x = leaf(5);
  times(times(x, x), x).backward();
  CHECK(x.grad().item() == 75);  // x^3: 3 * 25
  const Tensor y = leaf(5);
  plus(y, plus(y, plus(y, y))).backward();
  CHECK(y.grad().item() == 4);
}

TEST_CASE("backward: a rule runs once the gradient of its result is complete", "[03.3][core]") {
  rules_run = 0;
  const Tensor x = leaf(1);
  Tensor y = x;
  for (int i = 0; i < 40; ++i) y = plus(y, plus(y, y));  // three times itself, by three ways
  y.backward();
  CHECK(rules_run == 80);  // two nodes a block: not 3^40
  CHECK(std::abs(double(x.grad().item()) / 12157665459056928801.0 - 1) < 1e-5);  // 3^40
}

TEST_CASE("backward: constants and unwanted inputs are passed by", "[03.3][edge]") {
  const Tensor x = leaf({1, 2}), constant = tensor({10, 20});
  Tensor late = leaf({3, 4});
  const Tensor y = plus(times(constant, x), times(x, late));
  late.set_requires_grad(false);
  y.backward(ones({2}));
  CHECK_TENSOR(x.grad(), values({13, 24}, {2}));  // 10 + 3, 20 + 4
  CHECK_FALSE(constant.grad().defined());
  CHECK_FALSE(late.grad().defined());

  const Tensor a = leaf(1), b = leaf(2), c = leaf(3);
  plus(apply(First{}, {a, times(b, b)}), c).backward();  // the rule says: nothing for b * b
  CHECK(a.grad().item() == 1);
  CHECK(c.grad().item() == 1);
  CHECK_FALSE(b.grad().defined());
}

TEST_CASE("backward: a result that is a leaf itself gets what it was given", "[03.3][03.4][edge]") {
  const Tensor x = leaf({1, 2});
  Tensor g = tensor({7, 8});
  x.backward(g);
  CHECK_TENSOR(x.grad(), values({7, 8}, {2}));
  g.fill_(0);  // x.grad() has numbers of its own
  CHECK_TENSOR(x.grad(), values({7, 8}, {2}));
  CHECK(times(x, x).requires_grad());
}

TEST_CASE("backward: gradients that have been passed on are let go", "[03.3][systems]") {
  const Tensor x = leaf(std::vector<real>(1000, 1)), w = full({1000}, 1);
  const Tensor g = ones({1000});
  Tensor z = x;
  for (int i = 0; i < 50; ++i) z = times(z, w);  // each rule makes two new tensors of 1000
  const std::uint64_t before = memory::stats().live_bytes;
  memory::reset_peak();
  z.backward(g, {.retain_graph = true});
  CHECK((memory::stats().peak_bytes - before) / (1000 * sizeof(real)) <= 4);  // not 50
}

TEST_CASE("backward: frees what the graph kept unless it is told not to", "[03.3][systems]") {
  const Tensor x = leaf(std::vector<real>(1000, 1));
  const std::uint64_t tensor_bytes = 1000 * sizeof(real);
  Tensor y = x;
  for (int i = 0; i < 4; ++i) y = times(y, y);  // keeps its inputs: x and three results
  const Tensor g = ones({1000});
  const std::uint64_t before = memory::stats().live_bytes;
  const Index nodes = graph_node_count();
  y.backward(g, {.retain_graph = true});
  CHECK(memory::stats().live_bytes - before == tensor_bytes);  // only x.grad() is new
  CHECK(graph_node_count() == nodes);
  y.backward(g);
  CHECK(before - memory::stats().live_bytes == 2 * tensor_bytes);  // three results went
  CHECK(graph_node_count() == nodes - 3);  // x and y have names of their own and stay
  CHECK(y.at({0}) == 1);
}

TEST_CASE("backward: a second time needs retain_graph", "[03.3][03.4][errors]") {
  const Tensor x = leaf(3);
  const Tensor y = times(x, x);
  y.backward({.retain_graph = true});
  y.backward({.retain_graph = true});
  CHECK(x.grad().item() == 12);
  y.backward();
  CHECK(x.grad().item() == 18);
  CHECK_THROWS_AS(y.backward(), AutogradError);
  CHECK_THROWS_WITH(y.backward(),
                    contains("the graph behind 'times' was freed by an earlier backward"));
  CHECK_THROWS_WITH(y.backward(), contains("retain_graph"));
  CHECK_THROWS_AS(plus(y, x).backward(),
                  AutogradError);  // what is built upon it cannot go back either
  CHECK(x.grad().item() == 18);
}

TEST_CASE("backward: starts from one number or a gradient of the result's shape",
          "[03.3][errors]") {
  const Tensor x = leaf({1, 2, 3});
  const Tensor y = times(x, x);
  CHECK_THROWS_AS(y.backward(), ShapeError);
  CHECK_THROWS_WITH(y.backward(), contains("backward: start from a scalar, got shape [3]"));
  CHECK_THROWS_AS(y.backward(ones({1})), ShapeError);
  CHECK_THROWS_WITH(y.backward(ones({1})), contains("expects a gradient of shape [3], got [1]"));
  CHECK_THROWS_AS(scalar(1).backward(), AutogradError);
  CHECK_THROWS_WITH(y.detach().backward(), contains("set_requires_grad(true)"));
  y.backward(tensor({1, 10, 100}));  // after all this the graph is still whole
  CHECK_TENSOR(x.grad(), values({2, 40, 600}, {3}));
  const Tensor one = leaf(std::vector<real>{4});
  times(one, one).backward();  // shape [1] has one number, too
  CHECK_TENSOR(one.grad(), values({8}, {1}));
}

TEST_CASE("accumulate_grad: a second backward adds and zero_grad starts anew", "[03.4][core]") {
  const Tensor x = leaf({1, 2});
  CHECK_FALSE(x.grad().defined());
  times(x, tensor({3, 4})).backward(ones({2}));
  CHECK_TENSOR(x.grad(), values({3, 4}, {2}));
  times(x, tensor({10, 20})).backward(ones({2}));
  CHECK_TENSOR(x.grad(), values({13, 24}, {2}));
  x.zero_grad();
  CHECK_FALSE(x.grad().defined());
  times(x, tensor({5, 6})).backward(ones({2}));
  CHECK_TENSOR(x.grad(), values({5, 6}, {2}));
}

TEST_CASE("accumulate_grad: two leaves that were handed one tensor share no numbers",
          "[03.4][edge]") {
  const Tensor a = leaf({1, 2}), b = leaf({3, 4});
  plus(a, b).backward(ones({2}));
  a.grad().mul_(10);
  CHECK_TENSOR(a.grad(), values({10, 10}, {2}));
  CHECK_TENSOR(b.grad(), values({1, 1}, {2}));
  CHECK_FALSE(a.grad().requires_grad());
}

TEST_CASE("backward: records nothing while it goes back", "[03.3][systems]") {
  const Tensor x = leaf(3), y = leaf(4);
  const Tensor z = times(times(x, y), x);
  const Index before = graph_node_count();
  z.backward({.retain_graph = true});
  CHECK(graph_node_count() == before);
  CHECK(x.grad().item() == 24);
  CHECK_FALSE(x.grad().requires_grad());
  CHECK(times(x, y).requires_grad());  // and records again afterwards
}
