// stops before the last token
for (std::size_t i = 0; i + 1 < word.size();) {
  const bool here = word[i] == pair.left && word[i + 1] == pair.right;
  merged.push_back(here ? id : word[i]);
  i += here ? 2 : 1;
}
