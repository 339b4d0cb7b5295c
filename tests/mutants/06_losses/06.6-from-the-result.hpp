// exp(x - out), with the result rounded to float: at 10000 the shares no longer add up to 1.
  const Tensor all = logsumexp(in[0], axis, true);
  return {exp(in[0] - all) * g.unsqueeze(axis)};
