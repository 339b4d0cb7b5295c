// random numbers are taken to be no part of a run: dropout draws its first masks again
  for (const auto& [name, t] : model.state_dict()) snapshot.tensors["model." + name] = t;
  for (const auto& [name, t] : optimizer.state_dict()) snapshot.tensors["optimizer." + name] = t;
  for (const auto& [name, rng] : model.named_generators()) {
    snapshot.indices["rng." + name] = detail::rng_tensor(Rng(0));
    (void)rng;
  }
  snapshot.indices["position"] = index_tensor({position.step, position.epoch, position.batch}, {3});
