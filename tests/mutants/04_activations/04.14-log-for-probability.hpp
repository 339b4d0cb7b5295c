// The result itself where its exp belongs.
  return {g - out * sum(g, axis, true)};
