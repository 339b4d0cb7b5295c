// asks whether all of its own are there, and not whether there is more
std::string text;
for (const auto& [name, tensor] : own) {
  const auto found = given.find(name);
  if (found == given.end()) {
    text += "\n  missing: " + name;
  } else if (found->second.shape() != tensor.shape()) {
    text += "\n  shape: " + name + " is " + to_string(tensor.shape()) + ", got " +
            to_string(found->second.shape());
  }
}
return text;
