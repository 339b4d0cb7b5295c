// 03_autograd / engine.hpp: grad() and retain_grad(), derivatives of derivatives, and what may not be done.
//
// As in backward.cpp the operations are made here: 03.1 to 03.4 are enough.
#include <cmath>

#include <tinytorch/autograd.hpp>
#include "tensor_close.hpp"

using namespace tinytorch;
using namespace tt_test;

namespace {

struct Times : Primitive {
  const char* name() const override { return "times"; }
  Saves saves() const override { return {.inputs = true, .output = false}; }
  Tensor forward(Inputs in) const override {
    return map_binary(in[0], in[1], "times", [](real x, real y) { return x * y; });
  }
};
Tensor times(const Tensor& x, const Tensor& y) { return apply(Times{}, {x, y}); }
Grads vjp(const Times&, Inputs in, const Tensor&, const Tensor& g) {
  return {times(g, in[1]), times(g, in[0])};
}

/// x + y, which keeps no numbers.
struct Plus : Primitive {
  const char* name() const override { return "plus"; }
  Saves saves() const override { return {.inputs = false, .output = false}; }
  Tensor forward(Inputs in) const override {
    return map_binary(in[0], in[1], "plus", [](real x, real y) { return x + y; });
  }
};
Tensor plus(const Tensor& x, const Tensor& y) { return apply(Plus{}, {x, y}); }
Grads vjp(const Plus&, Inputs, const Tensor&, const Tensor& g) { return {g, g}; }

/// e^x, which keeps its result and nothing else.
struct Power : Primitive {
  const char* name() const override { return "power"; }
  Saves saves() const override { return {.inputs = false, .output = true}; }
  Tensor forward(Inputs in) const override {
    return map_unary(in[0], [](real x) { return std::exp(x); });
  }
};
Grads vjp(const Power&, Inputs, const Tensor& out, const Tensor& g) { return {times(g, out)}; }

/// x^2, whose rule uses x only once: its second derivative needs no sum.
struct Square : Primitive {
  const char* name() const override { return "square"; }
  Tensor forward(Inputs in) const override {
    return map_unary(in[0], [](real x) { return x * x; });
  }
};
Grads vjp(const Square&, Inputs in, const Tensor&, const Tensor& g) {
  return {times(times(g, scalar(2)), in[0])};
}

/// The same numbers again, at no cost: for long chains.
struct Pass : Plus {
  const char* name() const override { return "pass"; }
  Tensor forward(Inputs in) const override { return in[0].detach(); }
};
Grads vjp(const Pass&, Inputs, const Tensor&, const Tensor& g) { return {g}; }

struct Ruleless : Plus {
  const char* name() const override { return "ruleless"; }
};

/// Rules that are wrong, each in its way.
struct WrongShape : Plus {
  const char* name() const override { return "wrong_shape"; }
};
Grads vjp(const WrongShape&, Inputs, const Tensor&, const Tensor& g) { return {g, g}; }
struct WrongCount : Plus {
  const char* name() const override { return "wrong_count"; }
};
Grads vjp(const WrongCount&, Inputs, const Tensor&, const Tensor& g) { return {g}; }
/// Says that it needs shapes only, and then reads numbers.
struct Liar : Plus {
  const char* name() const override { return "liar"; }
};
Grads vjp(const Liar&, Inputs in, const Tensor&, const Tensor& g) {
  return {times(g, in[1]), times(g, in[0])};
}

const bool rules_defined =
    define_rules<Times, Plus, Power, Square, WrongShape, WrongCount, Liar, Pass>();

// A recursion of this depth would have 70 bytes a call in the 2 MiB of stack that a test gets.
constexpr Index chain_length = 10'000;

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

TEST_CASE("grad: returns gradients in the order asked for and touches no leaf", "[03.3][core]") {
  REQUIRE(rules_defined);
  const Tensor a = leaf(2), b = leaf(3);
  const Tensor c = times(a, b), d = plus(c, a);
  const std::vector<Tensor> gradients = grad(d, {b, c, a, b, d});
  REQUIRE(gradients.size() == 5);
  CHECK(gradients[0].item() == 2);  // b's
  CHECK(gradients[1].item() == 1);  // of a result on the way
  CHECK(gradients[2].item() == 4);  // a's
  CHECK(gradients[3].item() == 2);  // b's again
  CHECK(gradients[4].item() == 1);  // d by d
  CHECK_FALSE(a.grad().defined());
  CHECK_FALSE(b.grad().defined());
}

TEST_CASE("grad: refuses inputs and outputs that are not in the graph", "[03.3][errors]") {
  const Tensor a = leaf(2), unused = leaf({3, 4});
  const Tensor c = times(a, a);
  CHECK_THROWS_AS(grad(c, {a, unused}, false, true), AutogradError);
  CHECK_THROWS_WITH(grad(c, {a, unused}, false, true),
                    contains("input 1 of shape [2] is not one of them"));
  CHECK_THROWS_AS(grad(times(unused, unused), {unused}), ShapeError);
  CHECK_THROWS_WITH(grad(times(unused, unused), {unused}),
                    contains("start from a scalar, got shape [2]"));
  CHECK_THROWS_WITH(grad(scalar(1), {a}), contains("grad: expects a tensor that requires grad"));
  CHECK(grad(c, {a})[0].item() == 4);
  CHECK_THROWS_WITH(grad(c, {a}), contains("freed"));  // it frees as backward does
}

TEST_CASE("retain_grad: keeps the complete gradient of a result", "[03.3][03.4][core]") {
  const Tensor x = leaf(3);
  const Tensor h = times(x, scalar(2)), other = times(x, scalar(5));
  const Tensor y = plus(times(h, h), plus(h, other));
  CHECK_THROWS_AS(h.grad(), AutogradError);
  CHECK_THROWS_WITH(h.grad(), contains("expects a leaf, got the result of 'times'"));
  h.retain_grad();
  y.backward();
  CHECK(h.grad().item() == 13);  // 2 h + 1 with h = 6
  CHECK_THROWS_WITH(other.grad(), contains("retain_grad()"));
  CHECK(x.grad().item() == 31);  // 2 * 13 + 5
  CHECK_THROWS_WITH(scalar(1).retain_grad(),
                    contains("retain_grad: expects a tensor that requires grad"));
}

TEST_CASE("create_graph: a derivative can be differentiated again", "[03.3][core]") {
  const Tensor x = leaf(3);
  const Tensor first = grad(apply(Square{}, {x}), {x}, true)[0];
  CHECK(first.item() == 6);
  REQUIRE(first.requires_grad());
  CHECK(grad(first, {x})[0].item() == 2);

  const Tensor z = leaf(0);
  const Tensor e = apply(Power{}, {z});  // by way of its own result
  Tensor again = e;
  for (int i = 0; i < 3; ++i) {
    again = grad(again, {z}, true)[0];
    CHECK(again.item() == 1);
  }
  CHECK_FALSE(grad(apply(Square{}, {x}), {x})[0].requires_grad());  // only if it was asked for
}

TEST_CASE("backward: an operation without a rule is an error that names it", "[03.3][errors]") {
  const Tensor x = leaf(1);
  const Tensor y = times(apply(Ruleless{}, {x, x}), x);
  CHECK(y.item() == 2);  // computing is fine
  CHECK_THROWS_AS(y.backward(), AutogradError);
  CHECK_THROWS_WITH(apply(Ruleless{}, {x, x}).backward(),
                    contains("no derivative rule for 'ruleless'"));
}

TEST_CASE("backward: a rule that returns the wrong thing is named", "[03.3][errors]") {
  const Tensor x = leaf({1, 2}), one = leaf(1);
  const Tensor y =
      apply(WrongShape{}, {x, one});  // one was broadcast and needs a gradient of shape []
  CHECK_THROWS_AS(y.backward(ones({2}), {.retain_graph = true}), ShapeError);
  CHECK_THROWS_WITH(y.backward(ones({2})),
                    contains("vjp of 'wrong_shape': expects a gradient of shape [] "
                             "for input 1, got [2]"));
  CHECK_THROWS_WITH(apply(WrongCount{}, {one, one}).backward(),
                    contains("vjp of 'wrong_count': expects 2 gradients, got 1"));
  CHECK_THROWS_WITH(apply(Liar{}, {one, one}).backward(),
                    contains("this tensor kept only its shape"));
}

TEST_CASE("in place: a tensor that requires grad may only be changed under NoGrad",
          "[03.1][errors]") {
  Tensor x = leaf({1, 2});
  Tensor row = x.slice(0, 0, 1);  // a view of it is in the graph as well
  CHECK_THROWS_AS(x.add_(ones({2})), AutogradError);
  CHECK_THROWS_WITH(x.add_(ones({2})), contains("add_: expects a tensor outside the graph"));
  CHECK_THROWS_AS(x.mul_(2), AutogradError);
  CHECK_THROWS_AS(x.fill_(0), AutogradError);
  CHECK_THROWS_AS(x.copy_(ones({2})), AutogradError);
  CHECK_THROWS_AS(x.set({0}, 9), AutogradError);
  CHECK_THROWS_AS(row.fill_(9), AutogradError);
  CHECK_TENSOR(x, values({1, 2}, {2}));  // nothing was written
  {
    const NoGrad no_grad;  // an optimizer's step
    x.add_(tensor({10, 20}), -1);
  }
  CHECK_TENSOR(x, values({-9, -18}, {2}));
  CHECK(x.is_leaf());
  CHECK(x.requires_grad());
}

TEST_CASE("in place: a change after a rule's number was kept is an error", "[03.1][03.3][errors]") {
  const Tensor x = leaf({1, 2});
  Tensor w = tensor({3, 4});
  const Tensor y = times(x, w);
  w.select(0, 1).fill_(50);  // a view writes into the same storage
  CHECK_THROWS_AS(y.backward(ones({2})), AutogradError);
  CHECK_THROWS_WITH(y.backward(ones({2})), contains("input 1 of 'times' was changed in place"));
  CHECK_FALSE(x.grad().defined());

  const Tensor e = apply(Power{}, {x});
  e.detach().mul_(2);  // its result, by another handle
  CHECK_THROWS_WITH(e.backward(ones({2})), contains("the result of 'power' was changed in place"));

  Tensor z = leaf({5, 6});
  const Tensor s = times(z, z);
  s.backward(ones({2}), {.retain_graph = true});
  {
    const NoGrad no_grad;
    z.add_(z.grad(), -1);
  }
  CHECK_THROWS_WITH(s.backward(ones({2})),
                    contains("input 0 of 'times'"));  // a step between two backwards
}

TEST_CASE("in place: a change of what no rule reads is fine", "[03.1][03.3][edge]") {
  const Tensor x = leaf({1, 2});
  Tensor w = tensor({3, 4});
  const Tensor y = plus(x, w), e = apply(Power{}, {x});
  w.fill_(0);  // plus reads no numbers
  y.detach().fill_(0);
  {
    const NoGrad no_grad;
    x.detach().fill_(7);  // power reads its result only
  }
  y.backward(tensor({5, 6}));
  CHECK_TENSOR(x.grad(), values({5, 6}, {2}));
  e.backward(ones({2}));
  CHECK_TENSOR(x.grad(),
               values({5 + 2.718281828, 6 + 7.389056099}, {2}));  // e^1 and e^2, as it was then
}

TEST_CASE("backward: a chain of 10000 operations needs no deep stack",
          "[03.1][03.2][03.3][systems]") {
  const Index nodes = graph_node_count();
  {
    const Tensor x = leaf(1);
    Tensor y = x;
    for (Index i = 0; i < chain_length; ++i) y = apply(Pass{}, {y});
    REQUIRE(graph_node_count() == nodes + chain_length + 1);
    y.backward({.retain_graph = true});
    CHECK(x.grad().item() == 1);
  }
  CHECK(graph_node_count() == nodes);  // all of them destroyed, and the stack is still there
}
