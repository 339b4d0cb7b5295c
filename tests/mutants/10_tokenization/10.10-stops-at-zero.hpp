// takes the bytes for a C string
for (const Index id : ids) {
  if (id < 0 || id >= vocab_size()) throw no_such_id(id, "decode");
  text += token_bytes_[static_cast<std::size_t>(id)].c_str();
}
return text;
