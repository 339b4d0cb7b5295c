// merges one pair and is done
Index best = no_rank;
for (std::size_t i = 1; i < tokens.size(); ++i) {
  best = std::min(best, rank_of({tokens[i - 1], tokens[i]}));
}
if (best == no_rank) return tokens;
return merge_pair(tokens, merges_[static_cast<std::size_t>(best)], 256 + best);
