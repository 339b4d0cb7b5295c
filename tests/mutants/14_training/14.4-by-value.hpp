// every number is cut off at max_norm: clipping by value
  const NoGrad no_grad;
  double squares = 0;
  for (const Tensor& parameter : parameters) {
    if (!parameter.grad().defined()) continue;
    Tensor grad = parameter.grad();
    for (Index i = 0; i < grad.numel(); ++i) {
      const double g = static_cast<double>(grad.data()[i]);
      squares += g * g;
      if (g > max_norm) grad.data()[i] = static_cast<real>(max_norm);
      if (g < -max_norm) grad.data()[i] = static_cast<real>(-max_norm);
    }
  }
  return std::sqrt(squares);
