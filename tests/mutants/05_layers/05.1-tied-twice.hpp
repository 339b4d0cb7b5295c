// does not think of tied tensors
for (const auto& [name, item] : module.*list) found.emplace_back(prefix + name, item);
for (const auto& [name, below] : module.children) {
  collect(*below, prefix + name + ".", list, found);
}
