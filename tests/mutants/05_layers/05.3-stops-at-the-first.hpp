// one problem is enough to refuse, but not enough to mend the checkpoint
for (const auto& [name, tensor] : own) {
  const auto found = given.find(name);
  if (found == given.end()) return "\n  missing: " + name;
  if (found->second.shape() != tensor.shape()) {
    return "\n  shape: " + name + " is " + to_string(tensor.shape()) + ", got " +
           to_string(found->second.shape());
  }
}
if (given.size() > own.size()) return "\n  unexpected: " + given.rbegin()->first;
return "";
