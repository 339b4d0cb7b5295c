// size() - 1 of an empty word is the largest number there is
for (const CountedWord& word : words) {
  for (std::size_t i = 0; i + 1 <= word.tokens.size(); ++i) {
    counts[{word.tokens[i], word.tokens[(i + 1) % word.tokens.size()]}] += word.count;
  }
}
