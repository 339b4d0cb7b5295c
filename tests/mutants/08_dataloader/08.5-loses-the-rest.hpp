// Rounds down and leaves it at that.
  std::vector<Index> sizes;
  for (const double fraction : fractions) {
    sizes.push_back(static_cast<Index>(fraction * static_cast<double>(n)));
  }
  return sizes;
