// uses a token for two merges
for (std::size_t i = 0; i < word.size(); ++i) {
  const bool here = i + 1 < word.size() && word[i] == pair.left && word[i + 1] == pair.right;
  merged.push_back(here ? id : word[i]);
  if (here && i + 2 == word.size()) break;
  if (here && pair.left != pair.right) ++i;
}
