// Forgets to take 1 from the exponent.
  if (op.exponent == 0) return {zeros_like(g)};
  return {g * op.exponent * pow(in[0], op.exponent)};
