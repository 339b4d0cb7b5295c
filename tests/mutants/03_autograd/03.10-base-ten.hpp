// Takes log for the logarithm to base 10.
  return {g / (in[0] * real(2.302585093))};
