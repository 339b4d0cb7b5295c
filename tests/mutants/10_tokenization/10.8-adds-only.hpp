// adds the new pairs and leaves the old ones counted
words_[w].tokens = merged;
add_pairs(w, 1);
list_word(w, id);
