// squares are added as float, where 1e20 squared is infinite
  const NoGrad no_grad;
  float squares = 0;
  for (const Tensor& parameter : parameters) {
    if (!parameter.grad().defined()) continue;
    const Tensor grad = parameter.grad().contiguous();
    for (Index i = 0; i < grad.numel(); ++i) {
      const float g = static_cast<float>(grad.data()[i]);
      squares += g * g;
    }
  }
  const double norm = std::sqrt(static_cast<double>(squares));
  if (norm > max_norm) {
    for (const Tensor& parameter : parameters) {
      Tensor grad = parameter.grad();
      if (grad.defined()) grad.mul_(static_cast<real>(max_norm / norm));
    }
  }
  return norm;
