// the sum instead of the mean
  const Tensor planes = x.reshape({x.size(0) * x.size(1), 1, x.size(2), x.size(3)});
  const Tensor columns = unfold(planes, windows.kernel, windows.options);  // [N*C, k*k, L]
  return sum(columns, 1).reshape(result);
