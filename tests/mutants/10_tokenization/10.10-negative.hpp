// checks one end only
for (const Index id : ids) {
  if (id >= vocab_size()) throw no_such_id(id, "decode");
  text += token_bytes_[static_cast<std::size_t>(id < 0 ? id + vocab_size() : id)];
}
return text;
