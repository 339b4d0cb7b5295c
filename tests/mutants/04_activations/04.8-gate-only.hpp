// Treats the gate as a constant.
  return {g * normal_cdf(in[0])};
