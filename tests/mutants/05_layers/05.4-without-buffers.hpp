// a checkpoint of what is learned only
StateDict dict;
for (const auto& [name, tensor] : named_parameters()) dict[name] = tensor.detach();
return dict;
