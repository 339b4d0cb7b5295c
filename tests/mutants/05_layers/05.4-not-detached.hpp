// hands out the parameters themselves: what is computed from a checkpoint is then recorded
StateDict dict;
for (const auto& [name, tensor] : named_parameters()) dict[name] = tensor;
for (const auto& [name, tensor] : named_buffers()) dict[name] = tensor;
return dict;
