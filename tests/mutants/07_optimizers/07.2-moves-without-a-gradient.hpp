// takes a missing gradient for one of 0, so the rule touches the parameter and its memory
const NoGrad no_grad;
for (Index group = 0; group < group_count(); ++group) {
  for (const Tensor& parameter : params(group)) {
    StateDict& memory = state_[index++];
    const Tensor gradient =
        parameter.grad().defined() ? parameter.grad().contiguous() : zeros(parameter.shape());
    about_to_write(parameter, "step");
    ParameterUpdate p(parameter, gradient, memory);
    update(group, p);
  }
}
