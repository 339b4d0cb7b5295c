// Forgets to move on: every part begins at the top of the deck.
  std::vector<Index> deck = in_order(n);
  shuffle(deck, rng);
  std::vector<std::vector<Index>> parts;
  for (const Index size : sizes) parts.emplace_back(deck.begin(), deck.begin() + size);
  return parts;
