// the place in the epoch is lost: a resumed run begins its epoch again
  for (const auto& [name, t] : model.state_dict()) snapshot.tensors["model." + name] = t;
  for (const auto& [name, t] : optimizer.state_dict()) snapshot.tensors["optimizer." + name] = t;
  for (const auto& [name, rng] : model.named_generators()) {
    snapshot.indices["rng." + name] = detail::rng_tensor(*rng);
  }
  snapshot.indices["position"] = index_tensor({position.step, position.epoch, 0}, {3});
