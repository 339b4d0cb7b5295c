// each tensor is clipped by its own norm, which turns the whole gradient
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
    if (!grad.defined()) continue;
    const double own = std::sqrt(static_cast<double>(sum(grad * grad).item()));
    if (own > max_norm) grad.mul_(static_cast<real>(max_norm / own));
  }
  return norm;
