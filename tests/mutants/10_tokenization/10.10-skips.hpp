// leaves out ids that it does not know
for (const Index id : ids) {
  if (id >= 0 && id < vocab_size()) text += token_bytes_[static_cast<std::size_t>(id)];
}
return text;
