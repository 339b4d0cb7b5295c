// joins the names, but forgets the dot between them
for (const auto& [name, item] : module.*list) {
  if (!contains(found, item)) found.emplace_back(prefix + name, item);
}
for (const auto& [name, below] : module.children) {
  collect(*below, prefix + name, list, found);
}
