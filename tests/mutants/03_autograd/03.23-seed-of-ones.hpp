// Starts from ones, and loses the gradient that arrived.
  for (const Tensor& input : in) {
    inputs.push_back(input.detach());
    inputs.back().set_requires_grad(input.requires_grad());
  }
  const Tensor again = op.block(inputs);
  if (!again.requires_grad()) return grads;
  const GradMode silent(false);
  detail::propagate(again.autograd(), ones_like(g), true, [&](const Node& node, const Tensor& d) {
    bool is_input = false;
    for (std::size_t i = 0; i < inputs.size(); ++i) {
      if (inputs[i].autograd() != node) continue;
      grads[i] = d;
      is_input = true;
    }
    if (node->is_leaf() && !is_input) detail::accumulate_grad(*node, d);
  });
  return grads;
