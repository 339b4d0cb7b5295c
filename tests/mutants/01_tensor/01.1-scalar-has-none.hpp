// Takes a shape without axes to hold no number: a scalar is one.
  if (shape.empty()) return 0;
  Index count = 1;
  for (const Index size : shape) count *= size;
  return count;
