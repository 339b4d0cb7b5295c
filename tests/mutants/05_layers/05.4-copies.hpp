// clones to be safe: twice the memory, and a change does not reach the module
StateDict dict;
for (const auto& [name, tensor] : named_parameters()) dict[name] = tensor.detach().clone();
for (const auto& [name, tensor] : named_buffers()) dict[name] = tensor.detach().clone();
return dict;
