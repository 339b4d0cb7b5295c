// Uses the rule of the sigmoid.
  return {g * out * (1 - out)};
