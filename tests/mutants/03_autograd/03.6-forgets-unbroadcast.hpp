// Passes g on as it is, also to an operand that was broadcast.
  (void)in;
  return {g, g};
