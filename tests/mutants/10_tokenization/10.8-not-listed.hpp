// does not list the word under its new pairs
add_pairs(w, -1);
words_[w].tokens = merged;
add_pairs(w, 1);
