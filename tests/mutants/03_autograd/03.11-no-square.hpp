// Takes 1 - tanh for 1 - tanh^2.
  return {g * (1 - out)};
