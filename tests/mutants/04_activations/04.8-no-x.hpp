// The derivative of the gate without the x that stands before it.
  return {g * (normal_cdf(in[0]) + normal_pdf(in[0]))};
