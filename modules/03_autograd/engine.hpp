// 03_autograd / engine.hpp: the graph, replayed backwards.
//
//   loss.backward();                              adds to the grad() of every leaf
//   Tensor dx = grad(loss, {x})[0];               returns gradients, touches no leaf
//   grad(loss, {x}, true)                         gradients that can be differentiated again
// The engine is a loop over nodes in topological order, with a table of gradients that are not
// complete yet.
// In PyTorch: torch/csrc/autograd/engine.cpp, which counts dependencies instead, and uses a thread
// a device.
#pragma once
#include <algorithm>
#include <memory>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include <tinytorch/autograd/rules.hpp>

namespace tinytorch {

using Node = std::shared_ptr<AutogradMeta>;

/// All nodes that `root` was computed from, each before its inputs.
///
/// Goal        A node may pass its gradient on only when it is complete: after everything that used
///             it.
/// Background  Depth-first search; a node is done when all its inputs are; reversed, that order is
///             the answer. Without it, a chain of n residual blocks y = x + f(x) is walked 2^n
///             times.
/// Examples    d = b * c, b = a + 1, c = a * 2: d first, then b and c, a last; and a only once
/// Cost        O(nodes + edges) time and memory. The stack is a vector, not the call stack: a chain
///             of a million nodes is a long vector, and as a recursion would be a crash.
inline std::vector<Node> topological_order(const Node& root) {
  std::vector<Node> order;
  // TODO(03.2): visit each node once, with a stack of your own of (node, next input to look at).
  // HINT: the parents of a node are node->inputs[i].autograd(): null, or not requires_grad, means
  // HINT: no gradient.
  // HINT: an unordered_set of raw pointers knows who was seen. At the end, std::reverse.
  todo("03.2", "topological_order");
}

namespace detail {

/// Refuses numbers that were changed in place after the operation kept them.
inline void check_versions(const AutogradMeta& node) {
  for (std::size_t i = 0; i < node.versions.size(); ++i) {
    const bool is_output = i == node.inputs.size();
    if (version_of(is_output ? node.output : node.inputs[i]) != node.versions[i]) {
      throw AutogradError(
          "backward: " + (is_output ? "the result" : "input " + std::to_string(i)) + " of '" +
          node.op->name() +
          "' was changed in place after it was used\n"
          "  hint: use the out-of-place form, or change it before the forward pass");
    }
  }
}

/// The gradients of a node's inputs: its rule, with everything around it checked.
inline Grads input_gradients(const Node& node, const Tensor& g) {
  const std::string name = node->op->name();
  check_versions(*node);
  const Rule rule = find_rule(*node->op);
  if (rule == nullptr) {
    throw AutogradError("backward: no derivative rule for '" + name +
                        "'\n  hint: write vjp(...) for it and list it in define_rules<>()");
  }
  Tensor output = node->output.has_storage() ? node->output.detach() : node->output.shape_only();
  output.set_autograd(node);  // so that a second derivative finds its way through the result
  Grads grads = rule(*node->op, node->inputs, output, g);
  if (grads.size() != node->inputs.size()) {
    throw AutogradError("vjp of '" + name + "': expects " + std::to_string(node->inputs.size()) +
                        " gradients, got " + std::to_string(grads.size()));
  }
  for (std::size_t i = 0; i < grads.size(); ++i) {
    if (grads[i].defined() && grads[i].shape() != node->inputs[i].shape()) {
      throw ShapeError("vjp of '" + name + "': expects a gradient of shape " +
                       to_string(node->inputs[i].shape()) + " for input " + std::to_string(i) +
                       ", got " + to_string(grads[i].shape()) +
                       "\n  hint: an operand that was broadcast needs unbroadcast");
    }
  }
  return grads;
}

/// Sends `seed`, the gradient of `root`, back through the graph. deliver(node, gradient) is called
/// once for each node that a gradient reaches, when the gradient is complete.
///
/// Goal        The chain rule over a graph: a sum over all paths, computed without walking all
///             paths.
/// Background  `pending` holds what has arrived so far. In topological order, a node's entry is
///             complete when its turn comes, and can then be taken out: memory for gradients stays
///             small.
/// Cost        one rule a node
template <class Deliver>
void propagate(const Node& root, const Tensor& seed, bool free_graph, Deliver deliver) {
  const std::vector<Node> order = topological_order(root);
  for (const Node& node : order) {
    if (!node->freed) continue;
    throw AutogradError("backward: the graph behind '" + std::string(node->op->name()) +
                        "' was freed by an earlier backward\n"
                        "  hint: backward({.retain_graph = true}) keeps it, or compute it again");
  }
  std::unordered_map<const AutogradMeta*, Tensor> pending;
  pending[root.get()] = seed;
  for (const Node& node : order) {
    // TODO(03.3): take the node's gradient out of `pending` (continue if none arrived) and deliver
    // it. For a node that is no leaf, add each of input_gradients(node, g) to the pending gradient
    // of that input.
    // HINT: add, never assign: x * x brings x two gradients.
    // HINT: skip inputs without a node, and gradients that are not defined. If free_graph,
    // HINT: node->free() at the end.
    todo("03.3", "propagate");
  }
}

/// Adds g to the gradient of a leaf.
///
/// Background  Gradients add up until zero_grad: that is what makes gradient accumulation and
///             shared weights work. The leaf gets numbers of its own: g may be one tensor that two
///             leaves were handed.
/// In PyTorch  torch/csrc/autograd/functions/accumulate_grad.h, which takes g over when nobody else
///             holds it
inline void accumulate_grad(AutogradMeta& leaf, const Tensor& g) {
  // TODO(03.4): the first gradient is a clone of g; later ones are added.
  // HINT: grad.defined() tells whether there is one.
  todo("03.4", "accumulate_grad");
}

inline const Node& require_node(const Tensor& t, const char* who) {
  if (!t.requires_grad()) {
    throw AutogradError(std::string(who) +
                        ": expects a tensor that requires grad, got one without a graph\n"
                        "  hint: call set_requires_grad(true) on a leaf before computing");
  }
  return t.autograd();
}

inline Tensor scalar_seed(const Tensor& t, const char* who) {
  if (t.numel() != 1) {
    throw ShapeError(std::string(who) + ": start from a scalar, got shape " + to_string(t.shape()) +
                     "\n  hint: reduce the loss first, e.g. mean(loss), or pass a gradient");
  }
  return ones(t.shape());
}

}  // namespace detail

/// Adds d this / d leaf, weighted by `gradient`, to the grad() of every leaf this tensor was
/// computed from.
inline void Tensor::backward(const Tensor& gradient, BackwardOptions options) const {
  const Node root = detail::require_node(*this, "backward");
  if (gradient.shape() != shape()) {
    throw ShapeError("backward: expects a gradient of shape " + tinytorch::to_string(shape()) +
                     ", got " + tinytorch::to_string(gradient.shape()));
  }
  const GradMode mode(options.create_graph);
  const bool free_graph = !options.retain_graph && !options.create_graph;
  detail::propagate(root, gradient, free_graph, [](const Node& node, const Tensor& g) {
    if (node->is_leaf() || node->retains_grad) detail::accumulate_grad(*node, g);
  });
}

inline void Tensor::backward(BackwardOptions options) const {
  (void)detail::require_node(*this, "backward");
  backward(detail::scalar_seed(*this, "backward"), options);
}

/// d output / d each input, without touching any grad(). With create_graph the results have a graph
/// of their own. As in PyTorch the graph is freed, unless create_graph or retain_graph is set.
inline std::vector<Tensor> grad(const Tensor& output, const std::vector<Tensor>& inputs,
                                bool create_graph = false, bool retain_graph = false) {
  const Node root = detail::require_node(output, "grad");
  const GradMode mode(create_graph);
  std::vector<Tensor> results(inputs.size());
  detail::propagate(root, detail::scalar_seed(output, "grad"), !create_graph && !retain_graph,
                    [&](const Node& node, const Tensor& g) {
                      for (std::size_t i = 0; i < inputs.size(); ++i) {
                        if (inputs[i].autograd() == node) results[i] = g;
                      }
                    });
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    if (!results[i].defined()) {
      throw AutogradError("grad: expects inputs that the output was computed from, but input " +
                          std::to_string(i) + " of shape " + to_string(inputs[i].shape()) +
                          " is not one of them");
    }
  }
  return results;
}

}  // namespace tinytorch
