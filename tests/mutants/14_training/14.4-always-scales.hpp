// gradients are brought to max_norm also when they are shorter
  const NoGrad no_grad;
  double squares = 0;
  for (const Tensor& parameter : parameters) {
    if (!parameter.grad().defined()) continue;
    const Tensor grad = parameter.grad().contiguous();
    for (Index i = 0; i < grad.numel(); ++i) {
      const double g = static_cast<double>(grad.data()[i]);
      squares += g * g;
    }
  }
  const double norm = std::sqrt(squares);

  for (const Tensor& parameter : parameters) {
    Tensor grad = parameter.grad();
    if (grad.defined() && norm > 0) grad.mul_(static_cast<real>(max_norm / norm));
  }
  return norm;
