// Frees the graph although the caller wants to keep it.
    const auto arrived = pending.find(node.get());
    if (arrived == pending.end()) continue;
    const Tensor g = arrived->second;
    pending.erase(arrived);
    deliver(node, g);
    if (node->is_leaf()) continue;
    const Grads grads = input_gradients(node, g);
    for (std::size_t i = 0; i < grads.size(); ++i) {
      const Node& parent = node->inputs[i].autograd();
      if (!parent || !parent->requires_grad || !grads[i].defined()) continue;
      const auto [slot, is_first] = pending.try_emplace(parent.get(), grads[i]);
      if (!is_first) slot->second = slot->second + grads[i];
    }
    (void)free_graph;
    node->free();
