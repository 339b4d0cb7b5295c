// clones every tensor, so that saving costs as much memory as the state
for (std::size_t i = 0; i < state_.size(); ++i) {
  for (const auto& [name, tensor] : state_[i]) {
    dict[std::to_string(i) + "." + name] = tensor.clone();
  }
}
