// The loop that most people write first: n^n outcomes for n! orders.
  for (std::size_t at = 0; at < items.size(); ++at) {
    const Index pick = rng.below(static_cast<Index>(items.size()));
    std::swap(items[at], items[static_cast<std::size_t>(pick)]);
  }
