// the options of the pool are not handed on
  const Tensor planes = x.reshape({x.size(0) * x.size(1), 1, x.size(2), x.size(3)});
  const Tensor columns = unfold(planes, windows.kernel, {.stride = windows.options.stride});  // [N*C, k*k, L]
  return mean(columns, 1).reshape(result);
