// merges whatever pair comes first in the word
for (std::size_t i = 1; i < tokens.size();) {
  const Index rank = rank_of({tokens[i - 1], tokens[i]});
  if (rank == no_rank) {
    ++i;
    continue;
  }
  tokens = merge_pair(tokens, merges_[static_cast<std::size_t>(rank)], 256 + rank);
  i = 1;
}
return tokens;
