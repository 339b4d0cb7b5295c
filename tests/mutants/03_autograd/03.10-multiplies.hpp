// Multiplies by x where it must divide.
  return {g * in[0]};
