// Leaves the order as the search ends: inputs before what was made of them.
  std::vector<std::pair<Node, std::size_t>> stack{{root, 0}};
  std::unordered_set<const AutogradMeta*> seen{root.get()};
  while (!stack.empty()) {
    auto& [node, next] = stack.back();
    if (next == node->inputs.size()) {
      order.push_back(node);
      stack.pop_back();
      continue;
    }
    const Node parent = node->inputs[next++].autograd();
    if (parent && parent->requires_grad && seen.insert(parent.get()).second) {
      stack.push_back({parent, 0});
    }
  }
  return order;
