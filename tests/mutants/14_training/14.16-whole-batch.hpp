// the batch itself is tried out, which is what may not fit
  for (const Tensor& parameter : model.parameters()) plan.parameters += parameter.nbytes();
  plan.gradients = plan.parameters;
  plan.optimizer = options.optimizer_numbers * plan.parameters;
  plan.activations = detail::bytes_kept(loss, batch);
