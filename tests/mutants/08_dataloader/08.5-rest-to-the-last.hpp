// The last part gets whatever is left.
  std::vector<Index> sizes;
  Index left = n;
  for (const double fraction : fractions) {
    sizes.push_back(static_cast<Index>(fraction * static_cast<double>(n)));
    left -= sizes.back();
  }
  sizes.back() += left;
  return sizes;
