// Lets x^0 through the power rule: 0 * 0^-1 is nan.
  return {g * op.exponent * pow(in[0], op.exponent - 1)};
