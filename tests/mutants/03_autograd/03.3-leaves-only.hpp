// Tells of leaves only: a gradient that retain_grad asked for is lost.
    const auto arrived = pending.find(node.get());
    if (arrived == pending.end()) continue;
    const Tensor g = arrived->second;
    pending.erase(arrived);
    if (node->is_leaf()) {
      deliver(node, g);
      continue;
    }
    const Grads grads = input_gradients(node, g);
    for (std::size_t i = 0; i < grads.size(); ++i) {
      const Node& parent = node->inputs[i].autograd();
      if (!parent || !parent->requires_grad || !grads[i].defined()) continue;
      const auto [slot, is_first] = pending.try_emplace(parent.get(), grads[i]);
      if (!is_first) slot->second = slot->second + grads[i];
    }
    if (free_graph) node->free();
