// keeps the old tokens of the word
add_pairs(w, -1);
add_pairs(w, 1);
list_word(w, id);
