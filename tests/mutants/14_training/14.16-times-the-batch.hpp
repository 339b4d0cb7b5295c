// what one example keeps is multiplied by the batch, and with it what is there only once
  for (const Tensor& parameter : model.parameters()) plan.parameters += parameter.nbytes();
  plan.gradients = plan.parameters;
  plan.optimizer = options.optimizer_numbers * plan.parameters;
  plan.activations = detail::bytes_kept(loss, 1) * batch;
