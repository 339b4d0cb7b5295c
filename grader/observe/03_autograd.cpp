// Observations of module 03: what is recorded, the way back, and each derivative rule.
//
// The recorder and the engine are seen with operations of this file's own, so that they do not
// depend on the rules, nor the rules on them.
#include <tinytorch/autograd.hpp>

#include "gradients.hpp"
#include "observe.hpp"
#include "tensors.hpp"

using namespace tinytorch;
using observe::any_tensor;
using observe::broadcasting_shapes;
using observe::Case;
using observe::leaf;
using observe::random_tensor;
using observe::see;
using observe::see_error;
using observe::see_gradients;
using observe::see_rule;

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

/// x + y, which keeps no numbers and hands one tensor to both.
struct Plus : Primitive {
  const char* name() const override { return "plus"; }
  Saves saves() const override { return {.inputs = false, .output = false}; }
  Tensor forward(Inputs in) const override {
    return map_binary(in[0], in[1], "plus", [](real x, real y) { return x + y; });
  }
};
Tensor plus(const Tensor& x, const Tensor& y) { return apply(Plus{}, {x, y}); }
Grads vjp(const Plus&, Inputs, const Tensor&, const Tensor& g) { return {g, g}; }

/// Adds, but says that the second operand gets no gradient.
struct PlusConstant : Plus {
  const char* name() const override { return "plus_constant"; }
};
Grads vjp(const PlusConstant&, Inputs, const Tensor&, const Tensor& g) { return {g, Tensor()}; }

const bool rules_defined = define_rules<Times, Plus, PlusConstant>();

/// A random graph of small tensors: some leaves, one that is frozen, one constant, and results of
/// two that were there before, each of which may be used again.
struct Graph {
  std::vector<Tensor> leaves, all;
  Tensor frozen;
};

Graph random_graph(Case& c, Index operations) {
  const Shape shape = {2};
  Graph graph;
  for (int i = 0; i < 3; ++i) graph.leaves.push_back(leaf(random_tensor(c, shape, 0.5, 1.2)));
  graph.frozen = leaf(random_tensor(c, shape, 0.5, 1.2));
  graph.all = graph.leaves;
  graph.all.push_back(graph.frozen);
  graph.all.push_back(random_tensor(c, shape, 0.5, 1.2));
  for (Index i = 0; i < operations; ++i) {
    const Index last = static_cast<Index>(graph.all.size()) - 1;
    const Tensor& x =
        graph.all[static_cast<std::size_t>(c.whole(std::max<Index>(0, last - 3), last))];
    const Tensor& y = graph.all[static_cast<std::size_t>(c.whole(0, last))];
    switch (c.whole(0, 2)) {
      case 0: graph.all.push_back(times(x, y)); break;
      case 1: graph.all.push_back(plus(x, y)); break;
      default: graph.all.push_back(apply(PlusConstant{}, {x, y})); break;
    }
  }
  graph.all.push_back(plus(graph.all.back(), graph.leaves[0]));  // so that there is a way back
  graph.frozen.set_requires_grad(false);
  return graph;
}

/// What a tensor's node has kept.
void see_node(Case& c, const Tensor& t) {
  if (!t.autograd() || t.is_leaf()) {
    see(c, "no operation");
    return;
  }
  const AutogradMeta& node = *t.autograd();
  see(c, node.op->name());
  std::vector<Tensor> kept = node.inputs;
  kept.push_back(node.output);
  for (const Tensor& tensor : kept) {
    see(c, tensor.defined());
    if (!tensor.defined()) continue;
    see(c, tensor.shape());
    see(c, tensor.has_storage());
    see(c, tensor.requires_grad());
  }
}

/// Where a node stands in an order; -1 if it does not.
Index place(const std::vector<Node>& order, const Node& node) {
  const auto found = std::find(order.begin(), order.end(), node);
  return found == order.end() ? -1 : found - order.begin();
}

/// A chain of nodes made by hand, which is faster than computing.
Node chain_of(Index length) {
  const auto op = std::make_shared<const Plus>();
  const Tensor number = scalar(1);
  Node last = std::make_shared<AutogradMeta>();
  for (Index i = 1; i < length; ++i) {
    const auto node = std::make_shared<AutogradMeta>();
    node->op = op;
    node->inputs.push_back(number.shape_only());
    node->inputs[0].set_autograd(last);
    last = node;
  }
  return last;
}

/// Two operands that broadcast.
std::vector<Tensor> operands(Case& c, double low = -2, double high = 2) {
  const auto [a, b] = broadcasting_shapes(c);
  return {any_tensor(c, a, low, high), any_tensor(c, b, low, high)};
}

std::vector<Tensor> one(const Tensor& x) { return {x}; }

Tensor any_one(Case& c, double low = -2, double high = 2) {
  return any_tensor(c, c.shape(0, 4, c.repetition() == 0 ? 0 : 1), low, high);
}

/// Few different numbers, so that many are equal.
Tensor with_ties(Case& c, const Shape& shape) {
  std::vector<double> values(observe::count_of(shape));
  for (double& value : values) value = static_cast<double>(c.whole(-1, 2));
  const Tensor t = observe::tensor_of(values, shape);
  return c.coin() ? observe::hidden_in_view(c, t) : t;
}

/// Some axes in ascending order, perhaps none.
Shape some_axes(Case& c, Index rank) {
  Shape axes;
  for (Index axis = 0; axis < rank; ++axis) {
    if (c.coin()) axes.push_back(axis);
  }
  return axes;
}

/// Matrices, or batches of them that broadcast, each perhaps wanting a gradient.
std::vector<Tensor> factors(Case& c) {
  const auto [a, b] = broadcasting_shapes(c);
  const Index m = c.whole(1, 4), k = c.whole(1, 4), n = c.whole(1, 4);
  Shape left = a, right = b;
  for (const Index size : {m, k}) left.push_back(size);
  for (const Index size : {k, n}) right.push_back(size);
  std::vector<Tensor> both = {any_tensor(c, left), any_tensor(c, right)};
  for (Tensor& t : both) {
    if (c.whole(0, 3) != 0) t = leaf(t);
  }
  return both;
}

}  // namespace

OBSERVE("03.1", "what is recorded of an operation, and when nothing is") {
  see(c, rules_defined);
  const Shape shape = c.shape(1, 3);
  const Tensor x = leaf(any_tensor(c, shape)), w = any_tensor(c, shape);
  Tensor off = leaf(any_tensor(c, shape));
  off.set_requires_grad(false);
  const Index before = graph_node_count();
  {
    const Tensor first = times(x, w), second = plus(w, x), third = times(first, first);
    for (const Tensor& t : {first, second, third, times(off, w), plus(w, w), gt(x, w), x.detach()})
      see(c, t.requires_grad());
    see(c, graph_node_count() - before);
    see_node(c, first);
    see_node(c, second);
    see_node(c, third);
    see_node(c, exp(x));
    see(c, third.autograd() && third.autograd()->inputs.at(0).autograd() == first.autograd());
    const NoGrad no_grad;
    see(c, times(x, w).requires_grad());
    const GradMode on(true);
    see(c, times(x, w).requires_grad());
  }
  see(c, graph_node_count() - before);
}

OBSERVE("03.1", "bytes that a chain of operations keeps") {
  const Index size = c.whole(10, 200), length = c.whole(3, 12);
  const Tensor x = leaf(random_tensor(c, {size}, 0.5, 1)), w = random_tensor(c, {size}, 0.5, 1);
  const auto kept = [&](auto step) {
    const auto before = memory::stats().live_bytes;
    Tensor y = step(x);
    for (Index i = 1; i < length; ++i) y = step(y);
    see(c, static_cast<Index>(memory::stats().live_bytes - before));
  };
  kept([&](const Tensor& t) { return plus(t, w); });
  kept([&](const Tensor& t) { return times(t, w); });
  kept([&](const Tensor& t) { return tanh(t); });
  kept([&](const Tensor& t) { return t.slice(0, 0, size); });
  const NoGrad no_grad;
  kept([&](const Tensor& t) { return times(t, w); });
}

OBSERVE("03.1", "changes in place of what was recorded") {
  const Shape shape = c.shape(1, 2);
  const Tensor x = leaf(random_tensor(c, shape)), w = random_tensor(c, shape);
  Tensor read = random_tensor(c, shape), unread = random_tensor(c, shape);
  const Tensor y = times(x, read), z = plus(x, unread);
  read.fill_(1);
  unread.fill_(1);
  see_error(c, [&] { y.backward(w); });
  see_error(c, [&] { z.backward(w); });
  see_error(c, [&] { Tensor(x).fill_(1); });
}

OBSERVE("03.2", "topological_order of random graphs") {
  const Graph graph = random_graph(c, c.whole(1, 14));
  const std::vector<Node> order = topological_order(graph.all.back().autograd());
  see(c, order.size());
  std::vector<Index> there, before_inputs;
  for (const Tensor& t : graph.all) {
    const Index mine = place(order, t.autograd());
    there.push_back(mine >= 0);
    if (mine < 0) continue;
    for (const Tensor& input : t.autograd()->inputs)
      before_inputs.push_back(mine < place(order, input.autograd()));
  }
  see(c, there);
  see(c, before_inputs);
}

OBSERVE("03.2", "topological_order where ways double at each step") {
  Tensor t = leaf(scalar(1));
  for (Index i = c.whole(1, 12); i > 0; --i) t = plus(t, t);
  see(c, topological_order(t.autograd()).size());
}

OBSERVE_TIMES(1, "03.2", "topological_order of a long chain") {
  see(c, topological_order(chain_of(100'000)).size());
}

OBSERVE("03.3", "gradients of random graphs") {
  const Graph graph = random_graph(c, c.whole(1, 12));
  const Tensor seed = random_tensor(c, {2}), result = graph.all.back();
  const bool retain = c.coin();
  for (const Tensor& t : graph.all) {
    if (t.requires_grad()) t.retain_grad();
  }
  result.backward(seed, {.retain_graph = retain});
  for (const Tensor& t : graph.all) {
    if (t.requires_grad() || t.is_leaf()) see(c, t.grad());
  }
  see(c, seed);  // it belongs to the caller
  see_error(c, [&] { result.backward(seed); });
  see(c, graph.leaves[0].grad());
}

OBSERVE("03.3", "how often and what propagate delivers") {
  const Graph graph = random_graph(c, c.whole(1, 12));
  std::map<Node, int> times_delivered;
  std::map<Node, Tensor> gradients;
  detail::propagate(graph.all.back().autograd(), random_tensor(c, {2}), c.coin(),
                    [&](const Node& node, const Tensor& g) {
                      ++times_delivered[node];
                      gradients[node] = g.clone();
                    });
  see(c, times_delivered.size());
  for (const Tensor& t : graph.all) {
    if (!t.autograd()) continue;
    see(c, times_delivered[t.autograd()]);
    see(c, gradients[t.autograd()]);
  }
}

OBSERVE("03.3", "what a backward leaves in memory") {
  const Index size = c.whole(50, 200);
  const Tensor x = leaf(random_tensor(c, {size}, 0.9, 1)), w = random_tensor(c, {size}, 0.9, 1);
  const Tensor g = random_tensor(c, {size});
  Tensor y = x;
  for (int i = 0; i < 50; ++i) y = times(y, w);
  const auto bytes = [&] { return memory::stats().live_bytes; };
  const Index nodes = graph_node_count();
  const auto before = bytes();
  memory::reset_peak();
  y.backward(g, {.retain_graph = true});
  const auto tensor_bytes = static_cast<std::uint64_t>(size) * sizeof(real);
  see(c, static_cast<Index>((memory::stats().peak_bytes - before) / (10 * tensor_bytes)));
  see(c, static_cast<Index>(bytes() - before));
  y.backward(g);
  see(c, static_cast<Index>(before - bytes()));
  see(c, nodes - graph_node_count());
}

OBSERVE("03.4", "accumulate_grad, the first time and later") {
  const Shape shape = c.shape(0, 3);
  AutogradMeta one_leaf, other_leaf;
  Tensor g = any_tensor(c, shape);
  detail::accumulate_grad(one_leaf, g);
  detail::accumulate_grad(other_leaf, g);
  see(c, one_leaf.grad);
  see(c, one_leaf.grad.shares_storage_with(other_leaf.grad));
  for (Index more = c.whole(0, 3); more > 0; --more)
    detail::accumulate_grad(one_leaf, any_tensor(c, shape));
  g.fill_(9);
  see(c, one_leaf.grad);
  see(c, other_leaf.grad);
}

OBSERVE("03.4", "gradients that have a graph of their own") {
  const Tensor x = leaf(random_tensor(c, {}));
  for (Index i = c.whole(1, 3); i > 0; --i) times(times(x, x), x).backward({.create_graph = true});
  const Tensor first = x.grad();
  see(c, first);
  see(c, first.requires_grad());
  x.zero_grad();
  first.backward();
  see(c, x.grad());
  x.zero_grad();
}

OBSERVE("03.5", "unbroadcast to any shape that broadcasts") {
  const auto [shape, other] = broadcasting_shapes(c);
  see(c, unbroadcast(any_tensor(c, broadcast_shapes(shape, other, "observe")), shape));
  Shape wide = shape;
  wide.insert(0, c.whole(1, 3));
  wide.insert(0, c.whole(2, 3));
  see(c, unbroadcast(any_tensor(c, wide), shape));
  Shape narrow = c.shape(1, 4, 2);
  const Tensor g = any_tensor(c, narrow);
  narrow[static_cast<std::size_t>(c.whole(0, g.dim() - 1))] = 1;
  see(c, unbroadcast(g, narrow));
}

OBSERVE("03.6", "rule of add") { see_rule(c, Add{}, operands(c)); }

OBSERVE("03.7", "rule of mul") { see_rule(c, Mul{}, operands(c)); }

OBSERVE("03.8", "rule of div") { see_rule(c, Div{}, operands(c, 0.5, 3)); }

OBSERVE("03.9", "rule of exp") { see_rule(c, Exp{}, one(any_one(c))); }

OBSERVE("03.10", "rule of log, at 0 too") {
  see_rule(c, Log{}, one(c.repetition() == 1 ? zeros({2, 3}) : any_one(c, 0.1, 3)));
}

OBSERVE("03.11", "rule of tanh") { see_rule(c, TanhOp{}, one(any_one(c))); }

OBSERVE("03.12", "rule of pow with whole, broken and negative exponents, and at 0") {
  for (const real exponent : {real(2.5), real(-1), real(-0.5), real(c.number(0.5, 4))})
    see_rule(c, Pow(exponent), one(any_one(c, 0.3, 2)));
  for (const real exponent : {real(0), real(1), real(2), real(3)})
    see_rule(c, Pow(exponent), one(with_ties(c, c.shape(0, 3))));
}

OBSERVE("03.13", "rule of maximum, ties included") {
  const auto [a, b] = broadcasting_shapes(c);
  see_rule(c, Maximum{}, {with_ties(c, a), with_ties(c, b)});
}

OBSERVE("03.14", "rule of where, infinite gradients included") {
  const auto [a, b] = broadcasting_shapes(c);
  const Tensor condition = with_ties(c, c.coin() ? a : b);
  const std::vector<Tensor> inputs = {condition, any_tensor(c, a), any_tensor(c, b)};
  const Tensor out = Where{}.forward(inputs);
  const Tensor g = random_tensor(c, out.shape());
  if (c.coin()) g.data()[0] = std::numeric_limits<real>::infinity();
  see_rule(c, Where{}, inputs, out, g);
}

OBSERVE("03.15", "rule of permute: no number is copied") {
  const Tensor x = any_tensor(c, c.shape(1, 5));
  const std::vector<Index> axes = c.permutation(x.dim());
  const Permute op(Shape(axes.begin(), axes.end()));
  const std::vector<Tensor> inputs = {x};
  const Tensor out = op.forward(inputs), g = any_tensor(c, out.shape());
  const auto before = memory::stats().allocations;
  see_rule(c, op, inputs, out, g);
  see(c, static_cast<Index>(memory::stats().allocations - before));
}

OBSERVE("03.16", "rule of slice, differentiated once and twice") {
  const Tensor x = any_tensor(c, c.shape(1, 4, 1, 6));
  const std::size_t axis = static_cast<std::size_t>(c.whole(0, x.dim() - 1));
  const Index n = x.shape()[axis], start = c.whole(0, n - 1);
  const Index stop = c.whole(start + 1, n), step = c.whole(1, 3);
  const Slice op(axis, start, stop, step);
  see_rule(c, op, one(x));
  const std::vector<Tensor> inputs = {x};
  const Tensor g = leaf(op.forward(inputs));
  see(c, vjp(op, inputs, Tensor(), g).at(0).requires_grad());
}

OBSERVE("03.17", "rule of expand") {
  const auto [shape, other] = broadcasting_shapes(c);
  see_rule(c, Expand(broadcast_shapes(shape, other, "observe")), one(any_tensor(c, shape)));
}

OBSERVE("03.18", "rule of sum over any axes: no number is copied") {
  const Tensor x = any_tensor(c, c.shape(1, 4, c.repetition() == 0 ? 0 : 1));
  const std::vector<Tensor> inputs = {x};
  for (const bool keepdim : {false, true}) {
    const Sum op(some_axes(c, x.dim()), keepdim);
    const Tensor out = op.forward(inputs), g = any_tensor(c, out.shape());
    const auto before = memory::stats().allocations;
    see_rule(c, op, inputs, out, g);
    see(c, static_cast<Index>(memory::stats().allocations - before));
  }
}

OBSERVE("03.19", "rule of max over any axes, ties included") {
  const Tensor x = with_ties(c, c.shape(1, 4));
  for (const bool keepdim : {false, true}) {
    Shape axes = some_axes(c, x.dim());
    if (axes.empty()) axes = {c.whole(0, x.dim() - 1)};
    see_rule(c, Max(axes, keepdim), one(x));
  }
}

OBSERVE("03.20", "rule of cat along any axis") {
  const Shape shape = c.shape(1, 4);
  const std::size_t axis =
      static_cast<std::size_t>(c.whole(0, static_cast<Index>(shape.size()) - 1));
  std::vector<Tensor> parts;
  for (Index i = c.whole(1, 4); i > 0; --i) {
    Shape mine = shape;
    mine[axis] = c.whole(0, 3);
    parts.push_back(any_tensor(c, mine));
  }
  see_rule(c, Cat(axis), parts);
}

OBSERVE("03.21", "rule of matmul: matrices, batches, and gradients that nobody wants") {
  see_rule(c, Matmul{}, factors(c));
  see_rule(c, Matmul{}, factors(c));
}

OBSERVE("03.22", "numeric_gradient of a cubic, and what it leaves of x") {
  const Shape shape = c.shape(0, 3, c.repetition() == 0 ? 0 : 1, 3);
  const Tensor x = random_tensor(c, shape);
  const std::size_t count = observe::count_of(shape);
  const std::vector<real> before(x.data(), x.data() + count);
  std::vector<double> weights(count);
  for (double& weight : weights) weight = c.number(0.5, 1);
  int calls = 0;
  see(c, numeric_gradient(
             [&] {
               ++calls;
               double total = 0;
               for (std::size_t i = 0; i < count; ++i) {
                 const double number = static_cast<double>(x.data()[i]);
                 total += weights[i] * number * number * (number + 1);
               }
               return static_cast<real>(total);
             },
             x, real(0.03)));
  see(c, calls);
  see(c, std::vector<real>(x.data(), x.data() + count) == before);
}

OBSERVE("03.22", "gradcheck of a right and of a wrong function") {
  const Tensor x = random_tensor(c, {c.whole(1, 3)}, 0.5, 1.5);
  const auto cube = [](const Tensor& t) { return times(times(t, t), t); };
  const auto wrong = [](const Tensor& t) { return times(times(t, t), t.detach()); };
  see(c, gradcheck(cube, {x}).ok);
  see(c, gradcheck(wrong, {x}).ok);
}

OBSERVE("03.23", "checkpoint: gradients of inputs and of captured weights, runs, nodes") {
  const Shape shape = c.shape(1, 2);
  const Tensor x = leaf(random_tensor(c, shape)), w = leaf(random_tensor(c, shape));
  const Tensor constant = random_tensor(c, shape), g = random_tensor(c, shape);
  int runs = 0;
  const auto block = [&](Inputs in) {
    ++runs;
    return plus(times(times(in[0], w), plus(in[1], in[2])), times(in[0], in[0]));
  };
  const Index nodes = graph_node_count();
  {
    const Tensor h = times(x, x);  // no leaf: the way goes on behind the block
    const Tensor y = checkpoint(block, {h, constant, c.coin() ? h : x});
    see(c, y);
    see(c, graph_node_count() - nodes);
    y.backward(g);
    see(c, runs);
  }
  see(c, graph_node_count() - nodes);
  for (const Tensor& t : {x, w, constant}) see(c, t.grad());
  see(c, x.grad().requires_grad());
  see(c, w.grad().requires_grad());
}

OBSERVE("03.23", "checkpoint: one inside another, and a block that ignores its inputs") {
  const Tensor x = leaf(random_tensor(c, {2})), g = random_tensor(c, {2});
  const auto square = [](Inputs in) { return times(in[0], in[0]); };
  const auto outer = [&](Inputs in) { return times(checkpoint(square, {in[0]}), in[0]); };
  plus(checkpoint(outer, {x}), x).backward(g);
  see(c, x.grad());
  plus(checkpoint([&](Inputs) { return g; }, {x}), x).backward(g);
  see(c, x.grad());
  see_error(c, [&] { (void)checkpoint(square, {g}); });
}

OBSERVE("03", "gradients of arithmetic, views and reductions together") {
  const Index rows = c.whole(2, 4), columns = c.whole(2, 4);
  const auto f = [&](const std::vector<Tensor>& in) {
    const Tensor &x = in[0], &w = in[1], &b = in[2];
    const Tensor h = tanh(matmul(x, w) + b);
    const Tensor normal = (h - mean(h, Index(-1), true)) / sqrt(var(h, Index(-1), true, 0) + 0.1f);
    const Tensor turned = normal.transpose(0, 1).reshape({rows, -1}).slice(1, 0, columns);
    const Tensor top = max(turned, Index(1), true).expand({rows, 3});
    const Tensor joined = cat({top, exp(-abs(h)).select(1, 0).unsqueeze(1)}, 1);
    return joined * where(gt(joined, scalar(0)), joined, maximum(joined, scalar(-1)));
  };
  see_gradients(c, f,
                {any_tensor(c, {rows, 3}), any_tensor(c, {3, columns}), any_tensor(c, {columns})});
}

OBSERVE("03", "gradients of products with vectors") {
  const Index k = c.whole(1, 4), n = c.whole(1, 4);
  const auto f = [](const std::vector<Tensor>& in) { return matmul(in[0], in[1]); };
  see_gradients(c, f, {any_tensor(c, {k}), any_tensor(c, {k})});
  see_gradients(c, f, {any_tensor(c, {k}), any_tensor(c, {k, n})});
  see_gradients(c, f, {any_tensor(c, {2, n, k}), any_tensor(c, {k})});
}

OBSERVE("03", "second derivatives of every operation") {
  const Tensor x = any_tensor(c, {2, 3}, 0.5, 1.5), y = any_tensor(c, {3}, 0.5, 1.5);
  const Tensor w = any_tensor(c, {3, 2});
  const auto f = [&](const std::vector<Tensor>& in) {
    const Tensor a = exp(in[0] * in[1]) / (in[1] + in[0]) - log(in[0]) * sqrt(in[1]);
    const Tensor b = cat({matmul(a, in[2]), tanh(in[0]).permute({1, 0}).slice(0, 0, 3, 2)}, 0);
    const Tensor d = pow(in[0], 2.5f).select(0, 1).expand({2, 3});
    return sum(b * b) + sum(d * a, Index(1)) * max(a, Index(1)) + sum(pow(in[2], 3));
  };
  observe::see_second_gradients(c, f, {x, y, w});
}

OBSERVE("03", "what cannot be asked, and a long chain") {
  const Tensor x = leaf(random_tensor(c, {c.whole(2, 4)})), w = random_tensor(c, {});
  see_error(c, [&] { (x * x).backward(); });
  see_error(c, [&] { (x * x).backward(w); });
  see_error(c, [&] { w.backward(); });
  see_error(c, [&] { (void)grad(sum(x * w), {w}); });
  see_error(c, [&] { (void)(x * w).grad(); });
  see_error(c, [&] { (void)(x * w).set_requires_grad(false); });
  Tensor residual = x;
  for (int i = 0; i < 40; ++i) residual = residual + tanh(residual) * real(0.1);
  sum(residual).backward();
  see(c, x.grad());
}
