// divides by the standard deviation twice
  const Tensor along_ones = mean(g, -1, true);
  const Tensor along_normal = mean(g * normal, -1, true);
  return scale * scale * (g - along_ones - normal * along_normal);
