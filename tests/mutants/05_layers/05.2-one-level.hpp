// tells the children, but not their children
module.training = on;
for (const auto& [name, below] : module.children) below->training = on;
