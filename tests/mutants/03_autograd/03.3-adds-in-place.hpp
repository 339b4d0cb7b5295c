// Adds in place into a gradient that another node may share.
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
      if (!is_first) slot->second.add_(grads[i]);
    }
    if (free_graph) node->free();
