// takes (right, left) for the pair as well
for (std::size_t i = 0; i < word.size();) {
  const bool here =
      i + 1 < word.size() && ((word[i] == pair.left && word[i + 1] == pair.right) ||
                              (word[i] == pair.right && word[i + 1] == pair.left));
  merged.push_back(here ? id : word[i]);
  i += here ? 2 : 1;
}
