// 03_autograd / dot.hpp: the graph as a picture. Given code.
//
//   std::ofstream("graph.dot") << graph_to_dot(loss);         then: dot -Tsvg graph.dot > graph.svg
#pragma once
#include <string>
#include <unordered_map>

#include <tinytorch/autograd/engine.hpp>

namespace tinytorch {

/// The graph behind `output` in Graphviz's language: boxes are operations, ellipses are leaves, and
/// each arrow runs the way the numbers went.
inline std::string graph_to_dot(const Tensor& output) {
  const std::vector<Node> order = topological_order(detail::require_node(output, "graph_to_dot"));
  std::unordered_map<const AutogradMeta*, std::string> names;
  for (const Node& node : order) names[node.get()] = "n" + std::to_string(names.size());

  std::unordered_map<const AutogradMeta*, Shape> leaf_shapes;
  std::string edges;
  for (const Node& node : order) {
    for (const Tensor& input : node->inputs) {
      const auto parent = names.find(input.autograd().get());
      if (parent == names.end()) continue;  // a constant
      edges += "  " + parent->second + " -> " + names[node.get()] + " [label=\"" +
               to_string(input.shape()) + "\"];\n";
      leaf_shapes[parent->first] = input.shape();
    }
  }
  std::string text = "digraph autograd {\n  rankdir=BT;\n";
  for (const Node& node : order) {
    const std::string label =
        node->is_leaf() ? "leaf " + to_string(leaf_shapes[node.get()]) : node->op->name();
    text += "  " + names[node.get()] + " [label=\"" + label +
            "\", shape=" + (node->is_leaf() ? "ellipse" : "box") + "];\n";
  }
  return text + edges + "}\n";
}

}  // namespace tinytorch
