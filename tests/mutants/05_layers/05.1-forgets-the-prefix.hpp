// passes on the child's name only: right for two levels, wrong for three
for (const auto& [name, item] : module.*list) {
  if (!contains(found, item)) found.emplace_back(prefix + name, item);
}
for (const auto& [name, below] : module.children) {
  collect(*below, name + ".", list, found);
}
