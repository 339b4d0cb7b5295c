// does not switch recording off while the rule runs
for (Index group = 0; group < group_count(); ++group) {
  for (const Tensor& parameter : params(group)) {
    StateDict& memory = state_[index++];
    if (!parameter.grad().defined()) continue;
    const Tensor gradient = parameter.grad().contiguous();
    {
      const NoGrad no_grad;
      about_to_write(parameter, "step");
    }
    ParameterUpdate p(parameter, gradient, memory);
    update(group, p);
  }
}
