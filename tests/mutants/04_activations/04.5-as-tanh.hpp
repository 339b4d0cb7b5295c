// The rule of tanh.
  return {g * (1 - out * out)};
