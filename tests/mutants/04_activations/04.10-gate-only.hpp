// Half of the product rule.
  const Tensor& x = in[0];
  return {g * (1 + tanh(x * (1 + x * x * detail::gelu_cubic) * detail::gelu_scale)) * real(0.5)};
