// lets the size of the vocabulary through as an id
if (ids[i] < 0 || ids[i] > vocab_size()) throw no_such_id(ids[i], i);
text += vocabulary_[static_cast<std::size_t>(ids[i] % vocab_size())];
