// forgets that a leaf may not be written while the graph is recorded
const std::string problems = detail::differences(own, given);
if (!problems.empty()) {
  throw ValueError("load_state_dict: expects the names and shapes of this module, got" + problems);
}
for (auto& [name, tensor] : own) tensor.copy_(given.at(name));
