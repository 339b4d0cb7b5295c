// merges from right to left
for (std::size_t i = word.size(); i > 0;) {
  const bool here = i > 1 && word[i - 2] == pair.left && word[i - 1] == pair.right;
  merged.insert(merged.begin(), here ? id : word[i - 1]);
  i -= here ? 2 : 1;
}
