// sums where means should stand
  const Tensor along_ones = sum(g, -1, true);
  const Tensor along_normal = sum(g * normal, -1, true);
  return scale * (g - along_ones - normal * along_normal);
