// counts only the parameters that move, so the next one gets the memory of a skipped one
const NoGrad no_grad;
for (Index group = 0; group < group_count(); ++group) {
  for (const Tensor& parameter : params(group)) {
    if (!parameter.grad().defined()) continue;
    const Tensor gradient = parameter.grad().contiguous();
    about_to_write(parameter, "step");
    ParameterUpdate p(parameter, gradient, state_[index++]);
    update(group, p);
  }
}
