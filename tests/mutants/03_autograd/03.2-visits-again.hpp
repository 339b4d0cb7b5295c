// Remembers nobody: a node that two others use is listed twice.
  std::vector<std::pair<Node, std::size_t>> stack{{root, 0}};
  while (!stack.empty()) {
    auto& [node, next] = stack.back();
    if (next == node->inputs.size()) {
      order.push_back(node);
      stack.pop_back();
      continue;
    }
    const Node parent = node->inputs[next++].autograd();
    if (parent && parent->requires_grad) stack.push_back({parent, 0});
  }
  std::reverse(order.begin(), order.end());
  return order;
