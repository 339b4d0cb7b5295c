// counts everything anew for each merge
words_[w].tokens = merged;
counts_ = count_pairs(words_);
for (std::size_t v = 0; v < words_.size(); ++v) {
  pair_visits_ += static_cast<Index>(words_[v].tokens.size());
  for (std::size_t i = 1; i < words_[v].tokens.size(); ++i) {
    changed_.insert({words_[v].tokens[i - 1], words_[v].tokens[i]});
  }
}
list_word(w, id);
