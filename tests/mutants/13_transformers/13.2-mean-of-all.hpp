// the means are over all rows, not over one
  const Tensor along_ones = mean(g);
  const Tensor along_normal = mean(g * normal);
  return scale * (g - along_ones - normal * along_normal);
