// puts the new memory in place and checks it afterwards, so an error leaves it there
for (const auto& [key, tensor] : given) {
  const auto [index, name] = split_key(key);
  loaded[index][name] = tensor.clone();
}
state_ = loaded;
check_state(loaded);
