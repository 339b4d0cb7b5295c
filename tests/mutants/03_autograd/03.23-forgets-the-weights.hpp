// Returns the gradients of the inputs, and forgets the leaves that the block captured.
  for (const Tensor& input : in) {
    inputs.push_back(input.detach());
    inputs.back().set_requires_grad(input.requires_grad());
  }
  const Tensor again = op.block(inputs);
  if (!again.requires_grad()) return grads;
  const GradMode silent(false);
  detail::propagate(again.autograd(), g, true, [&](const Node& node, const Tensor& arrived) {
    for (std::size_t i = 0; i < inputs.size(); ++i) {
      if (inputs[i].autograd() == node) grads[i] = arrived;
    }
  });
  return grads;
