// assigns tensors in a list of handles: the module still has its own
const std::string problems = detail::differences(own, given);
if (!problems.empty()) {
  throw ValueError("load_state_dict: expects the names and shapes of this module, got" + problems);
}
for (auto& [name, tensor] : own) tensor = given.at(name);
