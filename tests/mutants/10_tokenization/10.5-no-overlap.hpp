// counts pairs as if each token could be in one only
for (const CountedWord& word : words) {
  for (std::size_t i = 1; i < word.tokens.size(); i += 2) {
    counts[{word.tokens[i - 1], word.tokens[i]}] += word.count;
  }
}
