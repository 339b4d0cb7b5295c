// a last step that fits only in part is taken
  need(kernel >= 1, "kernel >= 1", kernel);
  need(stride >= 1, "stride >= 1", stride);
  need(padding >= 0, "padding >= 0", padding);
  need(dilation >= 1, "dilation >= 1", dilation);
  const Index covered = dilation * (kernel - 1) + 1;
  const Index room = in + 2 * padding - covered;
  if (room < 0) refuse(covered);
  return (room + stride - 1) / stride + 1;
