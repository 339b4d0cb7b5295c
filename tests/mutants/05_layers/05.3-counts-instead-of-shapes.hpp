// compares how many numbers there are: a transposed weight fits
std::string text;
StateDict unexpected = given;
for (const auto& [name, tensor] : own) {
  unexpected.erase(name);
  const auto found = given.find(name);
  if (found == given.end()) {
    text += "\n  missing: " + name;
  } else if (found->second.numel() != tensor.numel()) {
    text += "\n  shape: " + name + " is " + to_string(tensor.shape()) + ", got " +
            to_string(found->second.shape());
  }
}
for (const auto& [name, tensor] : unexpected) text += "\n  unexpected: " + name;
return text;
