// Calls itself for each input: a long chain overflows the stack.
  std::unordered_set<const AutogradMeta*> seen;
  const auto visit = [&](const auto& self, const Node& node) -> void {
    if (!seen.insert(node.get()).second) return;
    for (const Tensor& input : node->inputs) {
      const Node& parent = input.autograd();
      if (parent && parent->requires_grad) self(self, parent);
    }
    order.push_back(node);
  };
  visit(visit, root);
  std::reverse(order.begin(), order.end());
  return order;
