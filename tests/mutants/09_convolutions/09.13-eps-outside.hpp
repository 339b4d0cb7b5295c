// eps is added to the standard deviation, not to the variance
  const Shape a_channel = {-1, 1, 1};
  const Tensor scale = weight / (sqrt(var) + static_cast<real>(eps));  // [C]
  return (x - mean.reshape(a_channel)) * scale.reshape(a_channel) + bias.reshape(a_channel);
