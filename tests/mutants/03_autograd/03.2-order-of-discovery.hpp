// Takes the order in which a depth-first search meets the nodes: no topological order.
  std::vector<Node> stack{root};
  std::unordered_set<const AutogradMeta*> seen{root.get()};
  while (!stack.empty()) {
    const Node node = stack.back();
    stack.pop_back();
    order.push_back(node);
    for (const Tensor& input : node->inputs) {
      const Node& parent = input.autograd();
      if (parent && parent->requires_grad && seen.insert(parent.get()).second) {
        stack.push_back(parent);
      }
    }
  }
  return order;
