// Takes the order of distance from the root: a short way comes before a long one.
  order.push_back(root);
  std::unordered_set<const AutogradMeta*> seen{root.get()};
  for (std::size_t next = 0; next < order.size(); ++next) {
    const Node node = order[next];
    for (const Tensor& input : node->inputs) {
      const Node& parent = input.autograd();
      if (parent && parent->requires_grad && seen.insert(parent.get()).second) {
        order.push_back(parent);
      }
    }
  }
  return order;
