// writes the count of the last word that has the pair
for (const CountedWord& word : words) {
  for (std::size_t i = 1; i < word.tokens.size(); ++i) {
    counts[{word.tokens[i - 1], word.tokens[i]}] = word.count;
  }
}
