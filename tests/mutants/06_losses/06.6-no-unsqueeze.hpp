// g broadcast from the right, which square shapes accept.
  return {softmax(in[0], axis) * g};
