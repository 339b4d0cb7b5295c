// Which side does 0 belong to? Here to the wrong one.
  return {where(ge(out, scalar(0)), g, scalar(0))};
