// Keeps the output as it is, without detach: a node that owns its own tensor is never freed.
  bool needed = false;
  for (const Tensor& input : call.inputs) needed = needed || input.requires_grad();
  if (!needed || !grad_enabled() || !call.op.differentiable()) return nullptr;
  auto node = std::make_shared<AutogradMeta>();
  node->op = call.keep();
  for (const Tensor& input : call.inputs) {
    node->inputs.push_back(saves.inputs ? input : input.shape_only());
  }
  Tensor& result = call.output;
  result.set_autograd(node);
  node->output = result;
  return node;
