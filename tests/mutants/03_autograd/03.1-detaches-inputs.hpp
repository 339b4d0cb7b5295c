// Keeps the inputs detached: the way back ends at the first operation.
  bool needed = false;
  for (const Tensor& input : call.inputs) needed = needed || input.requires_grad();
  if (!needed || !grad_enabled() || !call.op.differentiable()) return nullptr;
  auto node = std::make_shared<AutogradMeta>();
  node->op = call.keep();
  for (const Tensor& input : call.inputs) node->inputs.push_back(input.detach());
  node->output = saves.output ? call.output.detach() : call.output.shape_only();
  return node;
