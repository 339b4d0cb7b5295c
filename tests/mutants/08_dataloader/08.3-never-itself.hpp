// Sattolo's algorithm: below(left - 1), so no item stays where it is.
  for (std::size_t left = items.size(); left > 1; --left) {
    const Index pick = rng.below(static_cast<Index>(left) - 1);
    std::swap(items[left - 1], items[static_cast<std::size_t>(pick)]);
  }
