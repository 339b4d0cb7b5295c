// merges the pair that was learned last
while (true) {
  Index best = -1;
  for (std::size_t i = 1; i < tokens.size(); ++i) {
    const Index rank = rank_of({tokens[i - 1], tokens[i]});
    if (rank != no_rank) best = std::max(best, rank);
  }
  if (best < 0) return tokens;
  tokens = merge_pair(tokens, merges_[static_cast<std::size_t>(best)], 256 + best);
}
