// the room is not looked at before it is divided: (2 - 3) / 2 + 1 is 1
  need(kernel >= 1, "kernel >= 1", kernel);
  need(stride >= 1, "stride >= 1", stride);
  need(padding >= 0, "padding >= 0", padding);
  need(dilation >= 1, "dilation >= 1", dilation);
  const Index covered = dilation * (kernel - 1) + 1;
  const Index room = in + 2 * padding - covered;
  return room / stride + 1;
