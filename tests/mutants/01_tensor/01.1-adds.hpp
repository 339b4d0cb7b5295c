// Adds the sizes instead of multiplying them.
  Index count = 0;
  for (const Index size : shape) count += size;
  return count;
