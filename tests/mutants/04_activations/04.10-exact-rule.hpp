// The rule of the exact form: nearly right.
  return {g * (normal_cdf(in[0]) + in[0] * normal_pdf(in[0]))};
