// looks for duplicates among the module's own, so tied tensors of two modules are listed twice
Named<T> own;
for (const auto& [name, item] : module.*list) {
  if (!contains(own, item)) own.emplace_back(prefix + name, item);
}
for (const auto& entry : own) found.push_back(entry);
for (const auto& [name, below] : module.children) {
  collect(*below, prefix + name + ".", list, found);
}
