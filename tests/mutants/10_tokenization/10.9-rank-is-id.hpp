// takes the rank for the id of the new token
while (true) {
  Index best = no_rank;
  for (std::size_t i = 1; i < tokens.size(); ++i) {
    best = std::min(best, rank_of({tokens[i - 1], tokens[i]}));
  }
  if (best == no_rank) return tokens;
  tokens = merge_pair(tokens, merges_[static_cast<std::size_t>(best)], best);
}
