// changes the numbers without a word, so an old graph goes back with new ones
const NoGrad no_grad;
for (Index group = 0; group < group_count(); ++group) {
  for (const Tensor& parameter : params(group)) {
    StateDict& memory = state_[index++];
    if (!parameter.grad().defined()) continue;
    const Tensor gradient = parameter.grad().contiguous();
    ParameterUpdate p(parameter, gradient, memory);
    update(group, p);
  }
}
