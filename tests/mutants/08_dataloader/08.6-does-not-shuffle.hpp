// The first 80 % to learn from: fine until somebody sorts the file.
  (void)rng;
  std::vector<Index> deck = in_order(n);
  std::vector<std::vector<Index>> parts;
  auto first = deck.begin();
  for (const Index size : sizes) {
    parts.emplace_back(first, first + size);
    first += size;
  }
  return parts;
