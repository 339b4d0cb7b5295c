// takes the pairs out when the word has changed already
words_[w].tokens = merged;
add_pairs(w, -1);
add_pairs(w, 1);
list_word(w, id);
