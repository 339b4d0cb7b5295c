// Each place gets any of the items: some come twice, some not at all.
  const std::vector<Index> old = items;
  for (Index& item : items) {
    item = old[static_cast<std::size_t>(rng.below(static_cast<Index>(old.size())))];
  }
