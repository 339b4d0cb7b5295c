// merges the first place only
bool done = false;
for (std::size_t i = 0; i < word.size();) {
  const bool here =
      !done && i + 1 < word.size() && word[i] == pair.left && word[i + 1] == pair.right;
  merged.push_back(here ? id : word[i]);
  i += here ? 2 : 1;
  done = done || here;
}
