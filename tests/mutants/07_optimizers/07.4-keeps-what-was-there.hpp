// adds to the memory that was there instead of replacing it
loaded = state_;
for (const auto& [key, tensor] : given) {
  const auto [index, name] = split_key(key);
  loaded[index][name] = tensor.clone();
}
check_state(loaded);
state_ = std::move(loaded);
