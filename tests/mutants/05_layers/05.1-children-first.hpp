// leaves first, as a post-order walk is often taught
for (const auto& [name, below] : module.children) {
  collect(*below, prefix + name + ".", list, found);
}
for (const auto& [name, item] : module.*list) {
  if (!contains(found, item)) found.emplace_back(prefix + name, item);
}
