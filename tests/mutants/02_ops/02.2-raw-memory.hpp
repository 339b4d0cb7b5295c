// Walks the memory of x in order, although a view may jump.
  const real* from = x.data();
  for (Index i = 0, count = x.numel(); i < count; ++i) to[i] = f(from[i]);
  return out;
