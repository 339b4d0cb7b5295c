// Follows the first input of each operation and forgets the others.
  for (Node node = root; node && node->requires_grad;) {
    order.push_back(node);
    const Node next = node->inputs.empty() ? nullptr : node->inputs[0].autograd();
    node = next;
  }
  return order;
