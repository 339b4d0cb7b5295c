// every tensor is cloned, though the file is written at once
  for (const auto& [name, t] : model.state_dict()) snapshot.tensors["model." + name] = t.clone();
  for (const auto& [name, t] : optimizer.state_dict()) {
    snapshot.tensors["optimizer." + name] = t.clone();
  }
  for (const auto& [name, rng] : model.named_generators()) {
    snapshot.indices["rng." + name] = detail::rng_tensor(*rng);
  }
  snapshot.indices["position"] = index_tensor({position.step, position.epoch, position.batch}, {3});
