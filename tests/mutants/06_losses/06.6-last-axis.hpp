// softmax along the last axis, whichever it was.
  return {softmax(in[0], -1) * g.unsqueeze(axis)};
