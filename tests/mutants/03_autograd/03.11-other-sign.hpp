// Adds the square: the derivative of tan.
  return {g * (1 + out * out)};
