// Rounding each share to the nearest number is fair to each part, not to the sum.
  std::vector<Index> sizes;
  for (const double fraction : fractions) {
    sizes.push_back(static_cast<Index>(std::lround(fraction * static_cast<double>(n))));
  }
  return sizes;
