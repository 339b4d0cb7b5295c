// the name suggests evaluation; `on` is overlooked
module.training = false;
for (const auto& [name, below] : module.children) set_training(*below, on);
