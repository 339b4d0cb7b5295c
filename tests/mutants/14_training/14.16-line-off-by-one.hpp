// the line is drawn from 0 and not from 1
  for (const Tensor& parameter : model.parameters()) plan.parameters += parameter.nbytes();
  plan.gradients = plan.parameters;
  plan.optimizer = options.optimizer_numbers * plan.parameters;
  const Index one = detail::bytes_kept(loss, 1), two = detail::bytes_kept(loss, 2);
  plan.activations = one + (two - one) * batch;
