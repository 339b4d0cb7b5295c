// the optimizer is taken to remember one number a parameter
  for (const Tensor& parameter : model.parameters()) plan.parameters += parameter.nbytes();
  plan.gradients = plan.parameters;
  plan.optimizer = plan.parameters;
  const Index one = detail::bytes_kept(loss, 1), two = detail::bytes_kept(loss, 2);
  plan.activations = one + (two - one) * (batch - 1);
