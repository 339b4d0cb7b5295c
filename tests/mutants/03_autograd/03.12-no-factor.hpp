// Forgets the factor p.
  if (op.exponent == 0) return {zeros_like(g)};
  return {g * pow(in[0], op.exponent - 1)};
