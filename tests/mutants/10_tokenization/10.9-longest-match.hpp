// takes the longest token that fits from the left
std::vector<Index> ids;
for (std::size_t at = 0; at < word.size();) {
  Index longest = tokens[at];
  for (Index id = 256; id < first_special(); ++id) {
    const std::string& bytes = token_bytes_[static_cast<std::size_t>(id)];
    if (word.substr(at, bytes.size()) == bytes &&
        bytes.size() > token_bytes_[static_cast<std::size_t>(longest)].size()) {
      longest = id;
    }
  }
  ids.push_back(longest);
  at += token_bytes_[static_cast<std::size_t>(longest)].size();
}
return ids;
