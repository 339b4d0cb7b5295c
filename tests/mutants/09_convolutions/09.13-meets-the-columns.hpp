// the channels are aligned with the last axis: right where there are as many columns
  const Shape a_channel = {1, 1, -1};
  const Tensor scale = weight / sqrt(var + static_cast<real>(eps));  // [C]
  return (x - mean.reshape(a_channel)) * scale.reshape(a_channel) + bias.reshape(a_channel);
