// Runs the block on the inputs themselves: backward goes on into the graph before the block.
  for (const Tensor& input : in) inputs.push_back(input);
  const Tensor again = op.block(inputs);
  if (!again.requires_grad()) return grads;
  const GradMode silent(false);
  detail::propagate(again.autograd(), g, true, [&](const Node& node, const Tensor& arrived) {
    bool is_input = false;
    for (std::size_t i = 0; i < inputs.size(); ++i) {
      if (inputs[i].autograd() != node) continue;
      grads[i] = arrived;
      is_input = true;
    }
    if (node->is_leaf() && !is_input) detail::accumulate_grad(*node, arrived);
  });
  return grads;
