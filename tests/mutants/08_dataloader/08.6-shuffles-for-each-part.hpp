// A fresh shuffle for each part: parts overlap.
  std::vector<std::vector<Index>> parts;
  for (const Index size : sizes) {
    std::vector<Index> deck = in_order(n);
    shuffle(deck, rng);
    parts.emplace_back(deck.begin(), deck.begin() + size);
  }
  return parts;
