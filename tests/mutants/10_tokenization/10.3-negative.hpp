// checks one end only
if (ids[i] >= vocab_size()) throw no_such_id(ids[i], i);
text += vocabulary_[static_cast<std::size_t>(ids[i] < 0 ? ids[i] + vocab_size() : ids[i])];
