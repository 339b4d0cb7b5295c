// fills the gradients with zeros, so that they keep their memory and step cannot tell none from 0
const NoGrad no_grad;
for (Index group = 0; group < group_count(); ++group) {
  for (const Tensor& parameter : params(group)) {
    if (!parameter.grad().defined()) continue;
    const Tensor gradient = parameter.grad();
    for (Index i = 0; i < gradient.numel(); ++i) gradient.data()[i] = 0;
  }
}
