// a model is taken to be all there is to save: checkpoint without optimizer state
  for (const auto& [name, t] : model.state_dict()) snapshot.tensors["model." + name] = t;
  for (const auto& [name, rng] : model.named_generators()) {
    snapshot.indices["rng." + name] = detail::rng_tensor(*rng);
  }
  snapshot.indices["position"] = index_tensor({position.step, position.epoch, position.batch}, {3});
