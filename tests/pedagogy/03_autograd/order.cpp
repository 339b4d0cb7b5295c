// 03_autograd / engine.hpp: the order of the way back. A node's turn comes after everything that used it.
//
// Needed: 03.1 and 03.2; no derivative is computed here.
#include <algorithm>
#include <array>
#include <vector>

#include <tinytorch/autograd.hpp>
#include "tensor_close.hpp"

using namespace tinytorch;
using namespace tt_test;

namespace {

Tensor leaf(real value) {
  Tensor t = scalar(value);
  t.set_requires_grad(true);
  return t;
}

/// Where t stands in the order; -1 if it is not there.
Index place(const std::vector<Node>& order, const Tensor& t) {
  const auto found = std::find(order.begin(), order.end(), t.autograd());
  return found == order.end() ? -1 : found - order.begin();
}

bool nobody_twice(const std::vector<Node>& order) {
  return std::all_of(order.begin(), order.end(), [&](const Node& node) {
    return std::count(order.begin(), order.end(), node) == 1;
  });
}

/// A chain of nodes made by hand, and not by computing, which would take most of the time.
Node chain_of(Index length) {
  const auto op = std::make_shared<const Neg>();
  const Tensor number = scalar(1);
  Node last = std::make_shared<AutogradMeta>();
  for (Index i = 1; i < length; ++i) {
    auto node = std::make_shared<AutogradMeta>();
    node->op = op;
    node->inputs.push_back(number.shape_only());
    node->inputs[0].set_autograd(last);
    last = node;
  }
  return last;
}

// A recursion of this depth would have 70 bytes a call in the 2 MiB of stack that a test gets.
constexpr Index deep = 24'000;

}  // namespace

TEST_CASE("topological_order: the result first and the leaf last and nobody twice",
          "[03.2][core]") {
  const Tensor a = leaf(3);
  const Tensor b = a + 1, c = a * 2, d = b * c;
  const std::vector<Node> order = topological_order(d.autograd());
  REQUIRE(order.size() == 4);
  CHECK(order[0] == d.autograd());
  CHECK(nobody_twice(order));
  CHECK(place(order, b) > 0);
  CHECK(place(order, c) > 0);
  CHECK(order[3] == a.autograd());
}

TEST_CASE("topological_order: a short way to a node does not bring it forward", "[03.2][core]") {
  const Tensor x = leaf(1);
  const Tensor y = -(-(-x));
  for (const Tensor& z : {x * y, y * x}) {  // the short way first, and last
    const std::vector<Node> order = topological_order(z.autograd());
    REQUIRE(order.size() == 5);
    CHECK(order[1] == y.autograd());
    CHECK(order[4] == x.autograd());
  }
}

TEST_CASE("topological_order: a leaf alone and constants beside it", "[03.2][edge]") {
  const Tensor x = leaf(1), constant = scalar(2);
  CHECK(topological_order(x.autograd()) == std::vector<Node>{x.autograd()});
  CHECK(topological_order((constant * x).autograd()).size() == 2);
  CHECK(topological_order((x * x).autograd()).size() == 2);

  Tensor w = leaf(4);
  const Tensor y = x * w;
  w.set_requires_grad(false);  // after it was used: from now on it is a constant
  const std::vector<Node> order = topological_order(y.autograd());
  CHECK(order == std::vector<Node>{y.autograd(), x.autograd()});
}

TEST_CASE("topological_order: only what the root was computed from", "[03.2][edge]") {
  const Tensor x = leaf(1);
  const Tensor y = x * x, beside = y * x, above = y + 1;
  const std::vector<Node> order = topological_order(y.autograd());
  CHECK(order == std::vector<Node>{y.autograd(), x.autograd()});
  CHECK(place(order, beside) == -1);
  CHECK(place(order, above) == -1);
}

TEST_CASE("topological_order: in random graphs each node stands before its inputs",
          "[03.2][property]") {
  Rng rng(32);
  for (int round = 0; round < 40; ++round) {
    std::vector<Tensor> made = {leaf(1), leaf(2), leaf(3)};
    std::vector<std::array<std::size_t, 2>> inputs(3);  // kept by the test, not by the graph
    for (int step = 0; step < 25; ++step) {
      const auto any = [&] {
        return static_cast<std::size_t>(rng.below(static_cast<Index>(made.size())));
      };
      const std::size_t a = any(), b = any();
      made.push_back(made[a] * made[b]);
      inputs.push_back({a, b});
    }
    std::vector<bool> reachable(made.size(), false);
    reachable.back() = true;
    for (std::size_t i = made.size() - 1; i >= 3; --i) {  // inputs were made before what uses them
      if (reachable[i]) reachable[inputs[i][0]] = reachable[inputs[i][1]] = true;
    }
    const std::vector<Node> order = topological_order(made.back().autograd());
    REQUIRE(nobody_twice(order));
    REQUIRE(std::count(reachable.begin(), reachable.end(), true) ==
            static_cast<std::ptrdiff_t>(order.size()));
    for (std::size_t i = 0; i < made.size(); ++i) {
      const Index at = place(order, made[i]);
      REQUIRE((at >= 0) == reachable[i]);
      if (at < 0 || i < 3) continue;
      for (const std::size_t input : inputs[i]) REQUIRE(at < place(order, made[input]));
    }
  }
}

TEST_CASE("topological_order: ways double at each step but nodes do not", "[03.2][systems]") {
  const Tensor x = leaf(1);
  Tensor y = x;
  for (int i = 0; i < 60; ++i) y = y + y;  // 2^60 ways from the last to the first
  CHECK(topological_order(y.autograd()).size() == 61);
}

TEST_CASE("topological_order: a chain of 24000 nodes needs no deep stack", "[03.2][systems]") {
  const Index before = graph_node_count();
  {
    const Node last = chain_of(deep);
    REQUIRE(graph_node_count() - before == deep);
    const std::vector<Node> order = topological_order(last);
    CHECK(static_cast<Index>(order.size()) == deep);
    CHECK(order.front() == last);
    CHECK(order.back()->is_leaf());
  }
  CHECK(graph_node_count() == before);  // and destroying it neither
}

TEST_CASE("graph_to_dot: names operations and leaves and shows the shapes on the arrows",
          "[03.2][core]") {
  Tensor x = ones({2, 3}), w = ones({3});
  x.set_requires_grad(true);
  w.set_requires_grad(true);
  const std::string dot = graph_to_dot(sum(x * w + 1));
  const auto count = [&](const std::string& part) {
    int found = 0;
    for (std::size_t at = dot.find(part); at != dot.npos; at = dot.find(part, at + 1)) ++found;
    return found;
  };
  CHECK(dot.rfind("digraph autograd {", 0) == 0);
  CHECK(count("label=\"mul\", shape=box") == 1);
  CHECK(count("label=\"add\", shape=box") == 1);
  CHECK(count("label=\"sum\", shape=box") == 1);
  CHECK(count("label=\"leaf [2, 3]\", shape=ellipse") == 1);
  CHECK(count("label=\"leaf [3]\", shape=ellipse") == 1);
  CHECK(count("shape=") == 5);  // the constant 1 is no node
  CHECK(count(" -> ") == 4);    // x to mul, w to mul, mul to add, add to sum
  CHECK(count("[label=\"[2, 3]\"]") == 3);
  CHECK(count("[label=\"[3]\"]") == 1);
  CHECK_THROWS_WITH(graph_to_dot(scalar(1)),
                    contains("graph_to_dot: expects a tensor that requires grad"));
}
