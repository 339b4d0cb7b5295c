// goes down to the leaves and forgets the modules on the way
if (module.children.empty()) module.training = on;
for (const auto& [name, below] : module.children) set_training(*below, on);
