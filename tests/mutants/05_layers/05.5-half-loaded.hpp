// copies what fits and complains afterwards, as PyTorch does
const NoGrad no_grad;
for (auto& [name, tensor] : own) {
  const auto found = given.find(name);
  if (found != given.end() && found->second.shape() == tensor.shape()) tensor.copy_(found->second);
}
const std::string problems = detail::differences(own, given);
if (!problems.empty()) {
  throw ValueError("load_state_dict: expects the names and shapes of this module, got" + problems);
}
