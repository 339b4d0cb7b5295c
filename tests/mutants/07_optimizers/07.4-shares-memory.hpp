// keeps the given tensors themselves, so two optimizers share one memory
for (const auto& [key, tensor] : given) {
  const auto [index, name] = split_key(key);
  loaded[index][name] = tensor;
}
check_state(loaded);
state_ = std::move(loaded);
