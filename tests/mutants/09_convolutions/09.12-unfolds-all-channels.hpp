// unfolds the image with all its channels and takes the mean over them, too
  const Tensor columns = unfold(x, windows.kernel, windows.options);
  return mean(columns, 1, true).expand({x.size(0), x.size(1), columns.size(2)}).reshape(result);
