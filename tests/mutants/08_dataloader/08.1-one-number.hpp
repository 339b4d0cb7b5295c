// A label is one number, is it not?
  return IndexTensor({t[i]}, {});
