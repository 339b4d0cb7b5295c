// Records every operation, whether or not an input requires grad.
  if (!grad_enabled() || !call.op.differentiable()) return nullptr;
  auto node = std::make_shared<AutogradMeta>();
  node->op = call.keep();
  for (const Tensor& input : call.inputs) {
    node->inputs.push_back(saves.inputs ? input : input.shape_only());
  }
  node->output = saves.output ? call.output.detach() : call.output.shape_only();
  return node;
