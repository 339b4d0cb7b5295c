// Keeps the numbers of all inputs, whether or not a rule will read them.
  bool needed = false;
  for (const Tensor& input : call.inputs) needed = needed || input.requires_grad();
  if (!needed || !grad_enabled() || !call.op.differentiable()) return nullptr;
  auto node = std::make_shared<AutogradMeta>();
  node->op = call.keep();
  for (const Tensor& input : call.inputs) node->inputs.push_back(input);
  node->output = saves.output ? call.output.detach() : call.output.shape_only();
  return node;
